package io.weir.streams;

import io.weir.streams.config.Settings;
import io.weir.streams.ops.AccessCheck;
import io.weir.streams.ops.AccessRefusal;
import io.weir.streams.ops.Progress;
import io.weir.streams.ops.ProgressLog;
import io.weir.streams.ops.RestoreLog;
import io.weir.streams.ops.StartRefusedException;
import io.weir.streams.ops.StateDirectoryCheck;
import io.weir.streams.ops.StateDirectoryWatch;
import io.weir.streams.ops.TopicCheck;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running stream processor, for a process of its own or inside another program.
///
/// It runs until it is closed, or until something breaks that no retry can mend; then it stops as a
/// whole, without committing what it did not do, and leaves it to its supervisor to start it again.
public final class WeirApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WeirApplication.class);

  private final Settings settings;
  private final Operations operations;
  private final Pipeline pipeline;
  private final KafkaStreams streams;
  private final ProgressLog progressLog;
  private final AccessRefusal refusals;
  private final Optional<StateDirectoryWatch> stateWatch;
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<String> failure = new AtomicReference<>();
  private volatile boolean closing;
  private boolean closed;
  private boolean closedInTime;

  private WeirApplication(Settings settings, Operations operations, Pipeline pipeline) {
    this.settings = settings;
    this.operations = operations;
    this.pipeline = pipeline;
    Properties properties = new Properties();
    properties.putAll(pipeline.streamsProperties());
    streams = new KafkaStreams(pipeline.topology(), properties);
    streams.setUncaughtExceptionHandler(this::failed);
    streams.setGlobalStateRestoreListener(new RestoreLog());
    streams.setStateListener((now, _) -> state(now));
    operations.opened(streams);
    progressLog = new ProgressLog(pipeline.progress(), settings.progressInterval());
    refusals = new AccessRefusal(settings, pipeline.requiredAccess());
    stateWatch =
        pipeline.keepsState() ? Optional.of(new StateDirectoryWatch(settings)) : Optional.empty();
  }

  /// Opens HTTP, checks brokers, topics, model and registry, then starts. Returns when the stream
  /// threads are running, before the group has given them partitions; see [#awaitRunning].
  ///
  /// @throws StartRefusedException if something is missing; nothing is left behind
  public static WeirApplication start(Settings settings) throws StartRefusedException {
    settings.warnings().forEach(LOG::warn);
    LOG.info("Settings in force:\n  {}", String.join("\n  ", settings.effective()));
    Operations operations = Operations.open(settings);
    boolean opened = false;
    WeirApplication application;
    try {
      AccessCheck.events(settings);
      TopicCheck.run(settings);
      operations.watchTopics(settings);
      application = open(settings, operations);
      opened = true;
    } finally {
      if (!opened) {
        operations.close();
      }
    }
    try {
      application.streams.start();
      return application;
    } catch (KafkaException | IllegalStateException e) {
      application.end();
      throw refused(e);
    }
  }

  private static WeirApplication open(Settings settings, Operations operations)
      throws StartRefusedException {
    Pipeline pipeline = Pipeline.open(settings);
    boolean opened = false;
    try {
      AccessCheck.state(settings, pipeline.exactlyOnce(), pipeline.changelogs());
      if (pipeline.keepsState()) {
        StateDirectoryCheck.run(settings);
      }
      operations.opened(pipeline);
      WeirApplication application = new WeirApplication(settings, operations, pipeline);
      opened = true;
      return application;
    } catch (KafkaException e) {
      throw refused(e);
    } finally {
      if (!opened) {
        pipeline.close();
      }
    }
  }

  private static StartRefusedException refused(RuntimeException e) {
    return new StartRefusedException("Kafka Streams does not start: " + e.getMessage(), e);
  }

  /// Waits until partitions are assigned and events flow.
  ///
  /// @return false if that took longer than `timeout`, or if the application ended before
  public boolean awaitRunning(Duration timeout) throws InterruptedException {
    return running.await(timeout.toNanos(), TimeUnit.NANOSECONDS) && ended.getCount() > 0;
  }

  /// Waits for the end, by [#close()] or by a failure.
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /// Why it ended by itself; empty while it runs and after an orderly end.
  public Optional<String> failure() {
    // A refused output is the reason, whatever the stream thread saw of it.
    return Optional.ofNullable(failure.get()).map(text -> pipeline.refusals().first().orElse(text));
  }

  /// The port that health and metrics are served at; empty if the settings want none.
  public OptionalInt httpPort() {
    return operations.port();
  }

  /// What was done so far.
  public Progress.Counts progress() {
    return pipeline.progress().counts();
  }

  /// How many calls of ONNX Runtime the scores took: events per call tell how well scoring ahead
  /// works.
  long scoringCalls() {
    return pipeline.scoringCalls().rows().count();
  }

  /// Ends in order: finishes the events at hand, commits, leaves the group unless it is a static
  /// member (`group.instance.id`). Further calls do nothing.
  @Override
  public void close() {
    end();
  }

  /// As [#close()]. A further call returns what the first one did.
  ///
  /// @return false if it was not done within the shutdown time-out
  public synchronized boolean end() {
    if (closed) {
      return closedInTime;
    }
    closing = true;
    closedInTime =
        streams.close(
            CloseOptions.timeout(settings.shutdownTimeout())
                .withGroupMembershipOperation(membership()));
    progressLog.close();
    stateWatch.ifPresent(StateDirectoryWatch::close);
    if (closedInTime) {
      pipeline.close();
    }
    operations.close();
    closed = true;
    running.countDown();
    ended.countDown();
    return closedInTime;
  }

  /// A static member is expected back within session.timeout.ms, and finds its partitions again;
  /// for any other one, others would wait that long in vain.
  private CloseOptions.GroupMembershipOperation membership() {
    return settings.isStaticMember()
        ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
        : CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
  }

  private void state(KafkaStreams.State now) {
    LOG.info("The processor is {}", now);
    switch (now) {
      case RUNNING -> running.countDown();
      case ERROR, NOT_RUNNING -> {
        running.countDown();
        ended.countDown();
      }
      // Only now: a wait that ends before the end has begun would be a failure.
      case PENDING_SHUTDOWN -> pipeline.stopWaiting();
      case PENDING_ERROR -> {
        pipeline.stopWaiting();
        running.countDown();
        // The end has its time-out; what a thread still waits for, such as a topic that is gone,
        // has
        // not.
        ended.countDown();
      }
      case CREATED, REBALANCING -> {}
    }
  }

  private StreamThreadExceptionResponse failed(Throwable thrown) {
    Optional<String> reason = refusals.message(thrown).or(() -> StopReason.of(thrown, settings));
    if (reason.isEmpty()) {
      LOG.error("A stream thread failed", thrown);
      fail(innermost(thrown));
    } else if (!closing || !StopReason.isOutage(thrown)) {
      // Once closing, it is how a wait for the registry ends, and no failure.
      fail(reason.get());
    }
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private void fail(String reason) {
    failure.compareAndSet(null, reason);
    operations.failed(failure().orElse(reason));
  }

  private static String innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
