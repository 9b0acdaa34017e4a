package io.weir.demo;

import io.weir.demo.source.EventSource;
import io.weir.demo.stream.ChildApplication;
import io.weir.demo.stream.Progress;
import io.weir.demo.tell.AlertLine;
import io.weir.demo.tell.Summary;
import io.weir.demo.tell.Terminal;
import io.weir.demo.tell.Terminal.Style;
import io.weir.schemas.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// The demo from the first line to the last: broker and registry, history and training side by
/// side; then the stream processor, the live events and their alerts.
final class Demo {
  /// What a shell reports for a process that Ctrl-C ended: 128 + SIGINT.
  private static final int INTERRUPTED = 130;

  private static final long WATCH_NANOS = 50_000_000L;
  private static final long START_NANOS = 60_000_000_000L;

  private final DemoSettings settings;
  private final EventSource source;
  private final Terminal terminal;
  private ChildApplication child;

  Demo(DemoSettings settings, EventSource source, Terminal terminal) {
    this.settings = settings;
    this.source = source;
    this.terminal = terminal;
  }

  /// Runs it.
  ///
  /// @return the exit code: 0, or 1 if it failed or `--once` ended without an alert
  int run() {
    try (StopSignal stop = new StopSignal(this::killChild)) {
      try {
        int exit = run(stop);
        if (settings.temporary()) {
          delete(settings.directory());
        }
        return exit;
      } catch (IOException | RuntimeException e) {
        if (stop.requested()) {
          terminal.say("stopped");
          return 0;
        }
        terminal.fail(Failure.message(e));
        terminal.fail("The demo's files are left in " + settings.directory());
        return 1;
      }
    }
  }

  private int run(StopSignal stop) throws IOException {
    terminal.line(
        "%s: %s".formatted(terminal.style(Style.BOLD, "Weir demo"), source.description()));
    CompletableFuture<Platform> starting = async(this::startPlatform);
    CompletableFuture<ModelCard> training = async(this::train);
    try {
      awaitBoth(starting, training, stop);
      if (stop.requested() || interrupted(training)) {
        closeQuietly(starting);
        terminal.say("stopped");
        return INTERRUPTED;
      }
      if (starting.isCompletedExceptionally()) {
        result(starting);
      }
      result(training);
    } catch (IOException | RuntimeException e) {
      closeQuietly(starting);
      throw e;
    }
    try (Platform platform = result(starting)) {
      return stream(platform, result(training), stop);
    }
  }

  /// Until both are done, one has failed, or somebody wants to stop.
  private static void awaitBoth(
      CompletableFuture<?> starting, CompletableFuture<?> training, StopSignal stop) {
    while (!stop.requested()
        && !starting.isCompletedExceptionally()
        && !training.isCompletedExceptionally()
        && !(starting.isDone() && training.isDone())) {
      LockSupport.parkNanos(WATCH_NANOS);
    }
  }

  private ModelCard train() throws IOException {
    terminal.say("history written: %s", source.writeHistory(settings.history()));
    terminal.say("training on it, %d epochs", settings.epochs());
    ModelCard card = Training.run(settings, source, terminal);
    source.trained(settings.model());
    return card;
  }

  /// Whether Ctrl-C was heard by the trainer, which takes it as the wish to stop early.
  private boolean interrupted(CompletableFuture<ModelCard> training) {
    return training.isDone()
        && !training.isCompletedExceptionally()
        && training.join().history().epochsRun() < settings.epochs();
  }

  private Platform startPlatform() throws IOException {
    Platform platform = Platform.start(settings, source.name());
    terminal.say("broker ready at %s, registry at %s", platform.bootstrap(), platform.registry());
    return platform;
  }

  private int stream(Platform platform, ModelCard card, StopSignal stop) throws IOException {
    ProcessorProperties.write(settings, platform, source.name());
    Summary summary;
    child = ChildApplication.start(settings.properties(), settings.applicationLog());
    try {
      awaitRunning(platform, stop);
      terminal.say("streaming %s", rate());
      terminal.line(terminal.style(Style.DIM, AlertLine.LEGEND));
      summary =
          new LiveStream(source, settings, card, child, stop, terminal)
              .run(platform, source.name());
    } finally {
      child.close();
    }
    summary.print(terminal);
    terminal.line(
        "  %-16s %s"
            .formatted(
                "files",
                settings.temporary()
                    ? "removed; --directory DIR or --keep keeps them"
                    : settings.directory()));
    if (settings.keep() && !stop.requested()) {
      terminal.line(new Connections(platform, settings, source.name()).text());
      stop.await();
    }
    return settings.once() && summary.tally().alerts() == 0 ? 1 : 0;
  }

  private String rate() {
    return settings.rate() == 0
        ? "as fast as possible"
        : "%,.0f events a second".formatted(settings.rate());
  }

  private void awaitRunning(Platform platform, StopSignal stop) throws IOException {
    long deadline = System.nanoTime() + START_NANOS;
    try (Progress progress = new Progress(platform.bootstrap(), Platform.GROUP)) {
      while (!progress.running() && !stop.requested()) {
        child.requireAlive();
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "The stream processor did not get ready within a minute; its log: " + child.log());
        }
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    terminal.say("stream processor ready, its log: %s", child.log());
  }

  private static <T> CompletableFuture<T> async(Callable<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                done.complete(work.call());
              } catch (Exception e) {
                done.completeExceptionally(e);
              }
            });
    return done;
  }

  /// What has come of it, waiting for its end.
  private static <T> T result(CompletableFuture<T> work) throws IOException {
    try {
      return work.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  private static void closeQuietly(CompletableFuture<Platform> starting) {
    starting.handle((platform, _) -> platform).thenAccept(Demo::close).join();
  }

  private static void close(Platform platform) {
    if (platform != null) {
      platform.close();
    }
  }

  private void killChild() {
    if (child != null) {
      child.kill();
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      System.err.println("weir: %s could not be removed: %s".formatted(directory, e.getMessage()));
    }
  }
}
