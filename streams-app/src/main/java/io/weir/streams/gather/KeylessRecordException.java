package io.weir.streams.gather;

import org.apache.kafka.common.TopicPartition;

/// A record without a key where the settings say that there are none. It stops the processor: the
/// record stays where it is, uncommitted.
public final class KeylessRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeylessRecordException(TopicPartition partition, long offset) {
    super(
        "The record at "
            + partition
            + " offset "
            + offset
            + " has no key, and the model looks at windows of a key's events: produce with keys, or"
            + " set weir.window.null.key=dead_letter to go on without such records. Nothing is"
            + " committed of it.",
        null,
        false,
        false);
  }
}
