package io.weir.streams.replay;

import io.weir.streams.decode.EventDecoder;
import io.weir.streams.gather.WindowRules;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The rows of a model that single events make, as the stream made them: an event's features, or
/// the window of the last events of its key. Not thread-safe.
public final class EventRows {
  private final EventFetch fetch;
  private final EventDecoder decoder;
  private final int features;
  private final Optional<WindowRules> windows;

  /// What an event makes.
  public sealed interface Made {
    /// A row.
    ///
    /// @param values [features], of a window [steps x features], the newest event last; NaN where
    ///   missing
    /// @param windowEvents events in it
    @SuppressWarnings("ArrayRecordComponent")
    record Row(ConsumerRecord<byte[], byte[]> event, float[] values, int windowEvents)
        implements Made {}

    /// No row.
    ///
    /// @param why a sentence without its full stop
    record Nothing(String why) implements Made {}
  }

  /// @param features values of an event
  /// @param windows the rules of the model's windows, empty if it looks at single events
  public EventRows(
      EventFetch fetch, EventDecoder decoder, int features, Optional<WindowRules> windows) {
    this.fetch = fetch;
    this.decoder = decoder;
    this.features = features;
    this.windows = windows;
  }

  /// The row of an event.
  ///
  /// Where it is not known how many events its window had, it is the longest run of events of the
  /// key without a pause that ends the window: as in a stream that began before them.
  ///
  /// @throws org.apache.kafka.common.KafkaException that the brokers answer with
  /// @throws io.weir.streams.decode.RegistryOutageException if a schema cannot be had
  public Made of(EventReference reference) {
    return switch (fetch.at(reference.partition(), reference.offset())) {
      case EventFetch.Fetched.Missing(String why) -> new Made.Nothing(why);
      case EventFetch.Fetched.Event(ConsumerRecord<byte[], byte[]> event) -> {
        float[] own = new float[features];
        if (!decodes(event, own)) {
          yield new Made.Nothing(
              "it cannot be scored: " + decoder.refusal(event.value()).getMessage());
        }
        yield windows.isEmpty()
            ? new Made.Row(event, own, 1)
            : window(reference, event, own, windows.get());
      }
    };
  }

  private Made window(
      EventReference reference,
      ConsumerRecord<byte[], byte[]> event,
      float[] own,
      WindowRules rules) {
    int wanted = reference.windowEvents().orElse(rules.steps());
    if (wanted < 1 || wanted > rules.steps()) {
      return new Made.Nothing(
          "%d events are said to have been scored together, and windows of this model have 1 to %d"
              .formatted(wanted, rules.steps()));
    }
    float[] scratch = new float[features];
    List<ConsumerRecord<byte[], byte[]>> earlier =
        fetch.before(event, wanted - 1, record -> decodes(record, scratch));
    int run = reference.windowEvents().isPresent() ? wanted : run(rules, earlier, event);
    if (earlier.size() < run - 1) {
      return new Made.Nothing(
          "%d events were scored together, and the topic keeps %d of them only"
              .formatted(run, earlier.size() + 1));
    }
    if (!rules.scored(run)) {
      return new Made.Nothing(
          "it has no score: its window has %d events, and %d are needed"
              .formatted(run, rules.steps()));
    }
    float[] values = new float[rules.values()];
    Arrays.fill(values, Float.NaN);
    int at = values.length - run * features;
    for (ConsumerRecord<byte[], byte[]> record :
        earlier.subList(earlier.size() - run + 1, earlier.size())) {
      decodes(record, scratch);
      System.arraycopy(scratch, 0, values, at, features);
      at += features;
    }
    System.arraycopy(own, 0, values, at, features);
    return new Made.Row(event, values, run);
  }

  /// Events in the window of the last one.
  private static int run(
      WindowRules rules,
      List<ConsumerRecord<byte[], byte[]>> earlier,
      ConsumerRecord<byte[], byte[]> event) {
    int run = 0;
    long newest = 0;
    for (ConsumerRecord<byte[], byte[]> record : earlier) {
      long time = Math.max(0, record.timestamp());
      run = rules.run(run, newest, time);
      newest = Math.max(newest, time);
    }
    return rules.run(run, newest, Math.max(0, event.timestamp()));
  }

  private boolean decodes(ConsumerRecord<byte[], byte[]> record, float[] out) {
    EventDecoder.Outcome outcome = decoder.decode(record.value(), out, 0);
    if (outcome == EventDecoder.Outcome.SCHEMA_NOT_LOADED) {
      decoder.load(record.value());
      outcome = decoder.decode(record.value(), out, 0);
    }
    return outcome == EventDecoder.Outcome.DECODED;
  }
}
