package io.weir.streams;

import io.weir.streams.config.Settings;
import io.weir.streams.ops.StartRefusedException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stream processor as a process of its own: signals in, exit code out.
///
/// SIGTERM and Ctrl-C end it in order. The exit code is then 0, not the JVM's 143: an end that was
/// asked for and done is no failure, and supervisors that restart on failure should not. It is 1 if
/// the processor failed, or did not end in time.
final class WeirProcess {
  private static final Logger LOG = LoggerFactory.getLogger(WeirProcess.class);

  private WeirProcess() {}

  /// Runs until the end.
  ///
  /// @return the exit code
  static int run(Settings settings) {
    WeirApplication application;
    try {
      application = WeirApplication.start(settings);
    } catch (StartRefusedException e) {
      LOG.error(e.getMessage());
      if (System.getenv("WEIR_DEBUG") != null) {
        LOG.error("Where it was found", e);
      }
      return 1;
    }
    Thread hook = new Thread(() -> Runtime.getRuntime().halt(end(application)), "weir-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      application.awaitEnd();
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException | InterruptedException e) {
      // The hook is running: it decides how the process ends.
      return 0;
    }
    return end(application);
  }

  private static int end(WeirApplication application) {
    boolean inTime = application.end();
    if (!inTime) {
      LOG.error(
          "The processor did not end within weir.shutdown.timeout.ms; what is not committed will be"
              + " done again");
    }
    Optional<String> failure = application.failure();
    failure.ifPresent(message -> LOG.error("The processor stopped: {}", message));
    return inTime && failure.isEmpty() ? 0 : 1;
  }
}
