package io.weir.streams.mute;

import io.weir.detector.Explanation;
import io.weir.streams.judge.Severity;
import org.apache.kafka.common.TopicPartition;

/// An anomalous event, as far as it matters to whether people hear of it.
///
/// @param key byte for byte, null without one
/// @param timestamp of the Kafka record, in milliseconds since 1970
/// @param raw [features] what was scored; of a window [steps x features], the newest last
/// @param explanation of the same features
@SuppressWarnings("ArrayRecordComponent")
public record Anomaly(
    TopicPartition partition,
    long offset,
    byte[] key,
    long timestamp,
    float score,
    Severity severity,
    float[] raw,
    Explanation explanation) {
  /// What the event itself had.
  ///
  /// @param feature its place among so many
  float actual(int feature, int features) {
    return raw[raw.length - features + feature];
  }

  /// What the model expected of the event itself.
  float expected(int feature, int features) {
    return explanation.expected()[raw.length - features + feature];
  }
}
