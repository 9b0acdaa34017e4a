package io.weir.streams;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.weir.schemas.event.Alert;
import io.weir.streams.config.Settings;
import io.weir.streams.decode.RegistryClients;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.notify.OutputSchemas;
import io.weir.streams.ops.StartRefusedException;
import io.weir.streams.replay.ReplayFailedException;
import io.weir.streams.replay.ReplayListener;
import io.weir.streams.replay.ReplayOptions;
import io.weir.streams.replay.ReplayResult;
import io.weir.streams.replay.ReplayResults;
import io.weir.streams.replay.ReplayText;
import io.weir.streams.replay.pass.Replay;
import io.weir.streams.report.HtmlReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A replay as a process of its own: signals in, exit code out.
///
/// SIGTERM and Ctrl-C end it with a checkpoint and exit code 1: not all was done, and the message
/// says how to go on.
public final class WeirReplay {
  private static final Logger LOG = LoggerFactory.getLogger(WeirReplay.class);
  private static final long CHECKPOINT_SECONDS = 120;

  private WeirReplay() {}

  /// Replays until the end or a signal.
  ///
  /// @return the exit code
  static int run(
      ReplayOptions options,
      boolean json,
      ReplayListener listener,
      Runnable done,
      PrintWriter out,
      PrintWriter err) {
    options.first().warnings().forEach(LOG::warn);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicBoolean begun = new AtomicBoolean();
    AtomicInteger code = new AtomicInteger(1);
    CountDownLatch over = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              stop.set(true);
              // At the same time ONNX Runtime's own hook frees what models are opened with: nobody
              // waits for one that is being opened, and nothing is lost with it.
              if (begun.get()) {
                await(over);
              }
              Runtime.getRuntime().halt(code.get());
            },
            "weir-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      BooleanSupplier stopping =
          () -> {
            begun.set(true);
            return stop.get();
          };
      code.set(told(options, json, listener, done, out, err, stopping));
      return code.get();
    } finally {
      over.countDown();
      removed(hook);
    }
  }

  private static int told(
      ReplayOptions options,
      boolean json,
      ReplayListener listener,
      Runnable done,
      PrintWriter out,
      PrintWriter err,
      BooleanSupplier stop) {
    try {
      Replay.Outcome outcome = replay(options, listener, stop);
      done.run();
      if (outcome.result().isEmpty()) {
        err.println("Interrupted. Go on with:\n  " + options.resumeCommand(outcome.folder()));
        err.flush();
        return 1;
      }
      report(outcome.result().get(), outcome.folder());
      tell(outcome, outcome.result().get(), json, out, err);
      return 0;
    } catch (StartRefusedException | ReplayFailedException e) {
      done.run();
      LOG.error(e.getMessage());
      if (System.getenv("WEIR_DEBUG") != null) {
        LOG.error("Where it was found", e);
      }
      return 1;
    }
  }

  private static void report(ReplayResult result, Path folder) throws ReplayFailedException {
    try {
      HtmlReport.write(result, folder);
    } catch (IOException e) {
      throw new ReplayFailedException(
          "The replay is done, its report cannot be written: %s. Mend that, then: ./weir report %s"
              .formatted(e, folder),
          e);
    }
  }

  private static void tell(
      Replay.Outcome outcome, ReplayResult result, boolean json, PrintWriter out, PrintWriter err) {
    if (json) {
      out.print(ReplayResults.toJson(result));
    } else {
      ReplayText.of(result).forEach(out::println);
    }
    out.flush();
    err.printf(
        Locale.ROOT,
        "%,d events in %.1f s (%,.0f events/s). Alerts, result and report.html: %s%n",
        outcome.events(),
        outcome.seconds(),
        outcome.events() / Math.max(1e-3, outcome.seconds()),
        outcome.folder());
    err.flush();
  }

  /// Replays; for whoever is no process of its own, too.
  public static Replay.Outcome replay(
      ReplayOptions options, ReplayListener listener, BooleanSupplier stop)
      throws StartRefusedException, ReplayFailedException {
    Settings settings = options.first();
    try (SchemaRegistryClient registry =
            RegistryClients.open(settings.registry().urls(), settings.registry().client());
        SchemaLookup lookup = new SchemaLookup(registry, settings.registry().outageMax())) {
      OptionalInt schema =
          options.alertsTopic().isEmpty()
              ? OptionalInt.empty()
              : OptionalInt.of(schemaId(settings, registry, options.alertsTopic().get()));
      return new Replay(options, lookup, schema, listener, stop).run();
    } catch (IOException e) {
      throw new ReplayFailedException("The registry client did not close: " + e.getMessage(), e);
    }
  }

  private static int schemaId(Settings settings, SchemaRegistryClient registry, String topic)
      throws StartRefusedException {
    try {
      return new OutputSchemas(registry, settings.registry().autoRegister()).id(topic, new Alert());
    } catch (OutputSchemas.SchemaRefusedException e) {
      throw new StartRefusedException(e.getMessage(), e);
    } catch (IOException e) {
      throw new StartRefusedException(
          "The schema registry %s does not answer (%s): check weir.schema.registry.url and its credentials"
              .formatted(settings.registry().shown(), e.getMessage()),
          e);
    }
  }

  private static void await(CountDownLatch over) {
    try {
      if (!over.await(CHECKPOINT_SECONDS, TimeUnit.SECONDS)) {
        LOG.error(
            "No checkpoint within {} s; --resume goes on with the last one", CHECKPOINT_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removed(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The hook is running: it decides how the process ends", e);
    }
  }
}
