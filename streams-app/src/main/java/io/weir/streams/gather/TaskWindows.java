package io.weir.streams.gather;

import io.weir.streams.decode.BadReason;
import io.weir.streams.decode.BadRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The windows of one task. The same key in two topics has two windows: Kafka keeps an order within
/// a partition only.
///
/// The rings in the heap are what is read; the store is written, one slot per event, and read once
/// when the task starts. Not thread-safe.
public final class TaskWindows {
  private static final Logger LOG = LoggerFactory.getLogger(TaskWindows.class);

  private final WindowRules rules;
  private final SlotCodec codec;
  private final KeyValueStore<byte[], byte[]> store;
  private final Predicate<String> input;
  private final Map<String, PartitionWindows> topics = new HashMap<>();
  private byte[] sweptTo;
  private boolean sweeping;
  private PartitionWindows windows;
  private Ring ring;
  private boolean late;

  /// Rebuilds the rings from a store that is restored.
  ///
  /// @param input tells by its name whether a topic is still read
  /// @param task for the log
  public TaskWindows(
      WindowRules rules,
      KeyValueStore<byte[], byte[]> store,
      Predicate<String> input,
      String task) {
    this.rules = rules;
    this.codec = new SlotCodec(rules);
    this.store = store;
    this.input = input;
    long start = System.nanoTime();
    StoredRings stored = StoredRings.read(rules, codec, store, input);
    stored.rings().forEach((topic, rings) -> topic(topic).restore(rings));
    sweeping = stored.left() > 0;
    log(task, stored, Duration.ofNanos(System.nanoTime() - start));
  }

  private void log(String task, StoredRings stored, Duration took) {
    LOG.info(
        "Task {}: {} keys with {} events in their windows, rebuilt in {} ms",
        task,
        "%,d".formatted(keys()),
        "%,d".formatted(stored.events()),
        took.toMillis());
    if (sweeping) {
      LOG.warn(
          "Task {}: {} stored events are of a model with other features or steps, or of topics that"
              + " are no longer read. Their keys' windows start anew, they are deleted by and by",
          task,
          "%,d".formatted(stored.left()));
    }
  }

  /// The rules of the windows.
  public WindowRules rules() {
    return rules;
  }

  /// Keys that have a window.
  public long keys() {
    return topics.values().stream().mapToLong(PartitionWindows::keys).sum();
  }

  /// Adds the event whose turn it is to its key's window.
  ///
  /// @param key null for none
  /// @param event [features] raw values
  /// @throws BadRecordException if there are no windows for such keys
  /// @throws KeylessRecordException if records without a key are to stop the processor
  public void append(
      TopicPartition partition, long offset, byte[] key, long timestamp, float[] event) {
    if (rules.refuses(key)) {
      throw refusal(partition, offset, key);
    }
    windows = topic(partition.topic());
    int hash = Rings.hash(key);
    Ring known = windows.find(key, hash);
    late = known != null && timestamp < known.newest();
    ring = windows.append(key, hash, known, timestamp, event);
  }

  /// How many events the key of the last [#append] has had.
  public long count() {
    return ring.count();
  }

  /// Events in the window of the event of the last [#append].
  public int run() {
    return ring.run();
  }

  /// Writes the window of the event of the last [#append]: [steps x features], NaN for the events
  /// it lacks.
  public void window(float[] out, int offset) {
    ring.window(rules, out, offset);
  }

  /// The ring of the last [#append].
  Ring ring() {
    return ring;
  }

  /// The ring of a key in the partition of the last [#append], null if there is none.
  Ring find(byte[] key, int hash) {
    return windows.find(key, hash);
  }

  /// Whether the event of the last [#append] was older than its key's newest.
  public boolean late() {
    return late;
  }

  /// Forgets some idle keys and deletes some left slots: bounded work, to be called again and
  /// again.
  ///
  /// @param most about how many tombstones
  /// @return the number of keys forgotten
  public int tidy(int most) {
    if (sweeping) {
      sweep(most);
    }
    int expired = 0;
    if (rules.idleMillis() != WindowRules.NEVER) {
      for (PartitionWindows each : topics.values()) {
        expired += each.expire(most);
      }
    }
    return expired;
  }

  private PartitionWindows topic(String topic) {
    return topics.computeIfAbsent(topic, _ -> new PartitionWindows(rules, codec, store, topic));
  }

  private RuntimeException refusal(TopicPartition partition, long offset, byte[] key) {
    if (key != null) {
      return new BadRecordException(
          BadReason.KEY_TOO_LONG,
          "the key has %,d bytes, keys of windows have at most %,d: produce with shorter keys"
              .formatted(key.length, WindowRules.MAX_KEY_BYTES));
    }
    return rules.keyless() == WindowRules.Keyless.REFUSE
        ? new KeylessRecordException(partition, offset)
        : new BadRecordException(
            BadReason.NO_KEY,
            "the model looks at windows of a key's events: produce with keys, those that told the"
                + " entities apart in training");
  }

  private void sweep(int most) {
    List<byte[]> left = new ArrayList<>();
    try (KeyValueIterator<byte[], byte[]> slots =
        sweptTo == null ? store.all() : store.range(sweptTo, null)) {
      int looked = 0;
      for (; looked < most && slots.hasNext(); looked++) {
        KeyValue<byte[], byte[]> slot = slots.next();
        sweptTo = slot.key;
        if (!codec.isOwn(slot.value) || !input.test(SlotCodec.topic(slot.key))) {
          left.add(slot.key);
        }
      }
      sweeping = slots.hasNext();
    }
    left.forEach(store::delete);
  }
}
