package io.weir.streams.gather;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// Makes rings of what a store holds, in one scan.
final class StoredRings {
  private final WindowRules rules;
  private final SlotCodec codec;
  private final Predicate<String> input;
  private final Map<String, List<Ring>> rings = new HashMap<>();
  private final List<byte[]> values = new ArrayList<>();
  private byte[] key;
  private long events;
  private long left;

  private StoredRings(WindowRules rules, SlotCodec codec, Predicate<String> input) {
    this.rules = rules;
    this.codec = codec;
    this.input = input;
  }

  /// @param input tells by its name whether a topic is still read
  static StoredRings read(
      WindowRules rules,
      SlotCodec codec,
      KeyValueStore<byte[], byte[]> store,
      Predicate<String> input) {
    StoredRings stored = new StoredRings(rules, codec, input);
    try (KeyValueIterator<byte[], byte[]> slots = store.all()) {
      while (slots.hasNext()) {
        stored.add(slots.next());
      }
    }
    stored.end();
    Comparator<Ring> idlestFirst = Comparator.comparingLong(Ring::newest);
    stored.rings.values().forEach(list -> list.sort(idlestFirst));
    return stored;
  }

  /// By topic, those that have been idle for longest first.
  Map<String, List<Ring>> rings() {
    return rings;
  }

  /// How many events the rings hold.
  long events() {
    return events;
  }

  /// How many slots were left aside: of another model, or of a topic that is no longer read.
  long left() {
    return left;
  }

  private void add(KeyValue<byte[], byte[]> slot) {
    if (!codec.isOwn(slot.value) || !input.test(SlotCodec.topic(slot.key))) {
      left++;
      return;
    }
    if (key != null && !SlotCodec.neighbours(key, slot.key)) {
      end();
    }
    key = slot.key;
    values.add(slot.value);
  }

  private void end() {
    if (key == null) {
      return;
    }
    byte[] newest = values.getFirst();
    for (byte[] value : values) {
      if (SlotCodec.sequence(value) > SlotCodec.sequence(newest)) {
        newest = value;
      }
    }
    long sequence = SlotCodec.sequence(newest);
    int run = SlotCodec.run(newest);
    float[] window = new float[run * rules.features()];
    int found = 0;
    for (byte[] value : values) {
      long back = sequence - SlotCodec.sequence(value);
      if (back < run) {
        codec.event(value, window, (run - 1 - (int) back) * rules.features());
        found++;
      }
    }
    byte[] eventKey = SlotCodec.eventKey(key);
    String topic = SlotCodec.topic(key);
    if (found != run) {
      throw new IllegalStateException(
          "The store of windows has %d of the %d events of a window of topic %s: delete state.dir, it is restored from its changelog topic"
              .formatted(found, run, topic));
    }
    rings
        .computeIfAbsent(topic, _ -> new ArrayList<>())
        .add(
            new Ring(
                eventKey,
                Rings.hash(eventKey),
                sequence + 1,
                SlotCodec.newest(newest),
                run,
                window));
    events += run;
    values.clear();
    key = null;
  }
}
