package io.weir.streams.replay.pass;

import io.weir.streams.path.Detection;
import io.weir.streams.replay.ReplayFailedException;
import io.weir.streams.replay.ReplayListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/// What the partitions of a replay share.
///
/// @param state folder of the checkpoints
/// @param detections one for each model
/// @param labels makes what tells the anomalous events, for one thread; null without labels
/// @param topics makes what takes a partition's alerts; null if they go to no topic
/// @param stop whether to end before the end
/// @param passed offsets that were passed, those of earlier runs included
/// @param events records that this run read
record Pass(
    Plan plan,
    Path state,
    List<Detection> detections,
    Supplier<Labels> labels,
    TopicOf topics,
    Pace pace,
    BooleanSupplier stop,
    ReplayListener listener,
    LongAdder passed,
    LongAdder events) {
  /// Makes what takes a partition's alerts.
  @FunctionalInterface
  interface TopicOf {
    AlertTopic of(TopicPartition partition);
  }

  /// The same, stopped by something else, too.
  Pass stoppedBy(BooleanSupplier more) {
    return new Pass(
        plan,
        state,
        detections,
        labels,
        topics,
        pace,
        () -> stop.getAsBoolean() || more.getAsBoolean(),
        listener,
        passed,
        events);
  }

  /// Thresholds of each model.
  List<Integer> thresholds() {
    return detections.stream().map(detection -> detection.judges().size()).toList();
  }

  /// A partition as it stands in the checkpoint of an offset.
  ///
  /// @throws ReplayFailedException if the checkpoint is of no use
  PartitionState state(Checkpoints checkpoints, PartitionRange range, long next)
      throws ReplayFailedException {
    PartitionState state = new PartitionState(thresholds(), range.history());
    try {
      checkpoints.read(next, state);
    } catch (IOException e) {
      throw new ReplayFailedException(e.getMessage(), e);
    }
    return state;
  }
}
