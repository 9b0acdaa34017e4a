package io.weir.streams.replay.pass;

import io.weir.streams.decode.EventDecoder;
import io.weir.streams.replay.tally.Label;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Says which events were anomalous. Of one thread.
interface Labels {
  /// @param time of the event
  Label of(ConsumerRecord<byte[], byte[]> event, long time);

  /// By a field of the events.
  ///
  /// @param decoder of that one field, as a flag
  static Labels ofField(EventDecoder decoder) {
    float[] flag = new float[1];
    return (event, _) -> {
      EventDecoder.Outcome outcome = decoder.decode(event.value(), flag, 0);
      if (outcome == EventDecoder.Outcome.SCHEMA_NOT_LOADED) {
        decoder.load(event.value());
        outcome = decoder.decode(event.value(), flag, 0);
      }
      if (outcome != EventDecoder.Outcome.DECODED || Float.isNaN(flag[0])) {
        return Label.UNKNOWN;
      }
      return flag[0] >= 0.5f ? Label.ANOMALOUS : Label.NORMAL;
    };
  }
}
