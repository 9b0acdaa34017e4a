package io.weir.streams;

import io.weir.streams.command.RedriveCommand;
import io.weir.streams.config.Settings;
import io.weir.streams.ops.StartRefusedException;
import io.weir.streams.ops.TopicCheck;
import io.weir.streams.redrive.Choice;
import io.weir.streams.redrive.Redrive;
import io.weir.streams.redrive.RedriveRefusedException;
import io.weir.streams.redrive.Tally;
import io.weir.streams.redrive.TallyText;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/// Redrives dead letters and writes what became of them. Ctrl-C ends it after the transaction at
/// hand.
final class WeirRedrive {
  private WeirRedrive() {}

  /// Redrives, or counts.
  ///
  /// @return the exit code
  static int run(
      Settings settings, RedriveCommand.Request request, PrintWriter out, PrintWriter err) {
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch done = new CountDownLatch(1);
    Thread hook = new Thread(() -> end(ended, done, settings), "weir-redrive-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      boolean isThere =
          TopicCheck.with(
              settings,
              admin -> {
                try {
                  return admin.listTopics().names().get().contains(settings.deadLetterTopic());
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                  throw new KafkaException("interrupted", e);
                } catch (ExecutionException e) {
                  throw new KafkaException(e.getCause());
                }
              });
      if (!isThere) {
        err.printf(
            "There is no topic weir.dead.letter.topic = %s: check the setting%n",
            settings.deadLetterTopic());
        return 1;
      }
      Choice choice =
          new Choice(
              new HashSet<>(request.topics()),
              new HashSet<>(request.reasons()),
              request.since(),
              request.limit(),
              request.attemptsMax(),
              request.fromOldest());
      Tally tally = Redrive.run(settings, choice, request.execute(), ended::get);
      out.print(
          request.json()
              ? TallyText.json(tally, settings.deadLetterTopic(), request.execute())
              : TallyText.text(tally, settings.deadLetterTopic(), request.execute()));
      return 0;
    } catch (StartRefusedException | RedriveRefusedException e) {
      err.println(e.getMessage());
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      err.println(
          "Another redrive of "
              + settings.deadLetterTopic()
              + " was started meanwhile: this one stopped, what it had not committed is not done");
    } catch (KafkaException e) {
      err.printf(
          "bootstrap.servers = %s: %s%s. What was committed is done, run it again for the rest%n",
          settings.bootstrapServers(),
          e.getMessage(),
          e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")");
    } finally {
      out.flush();
      err.flush();
      done.countDown();
      remove(hook);
    }
    return 1;
  }

  private static void end(AtomicBoolean ended, CountDownLatch done, Settings settings) {
    ended.set(true);
    try {
      done.await(settings.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is running: the process is ending.
    }
  }
}
