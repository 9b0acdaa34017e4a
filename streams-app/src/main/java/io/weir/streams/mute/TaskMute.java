package io.weir.streams.mute;

import io.weir.schemas.event.Alert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides of which anomalous events of a task people hear. The same key in two topics is two keys:
/// Kafka keeps an order within a partition only. All events of a partition without a key are one.
///
/// What decides is in the heap; the store holds it over restarts, one record for each key with an
/// open incident or a cool-down, and the latest alert of open incidents. Not thread-safe.
public final class TaskMute {
  private static final Logger LOG = LoggerFactory.getLogger(TaskMute.class);

  private final MuteRules rules;
  private final KeyValueStore<byte[], byte[]> store;
  private final AlertBytes alerts;
  private final Map<String, PartitionMute> topics = new HashMap<>();
  private final List<byte[]> left = new ArrayList<>();
  private boolean prepared;

  /// Reads a store that is restored.
  ///
  /// @param store null if the rules keep nothing between events
  /// @param input tells by its name whether a topic is still read
  /// @param task for the log
  public TaskMute(
      MuteRules rules, KeyValueStore<byte[], byte[]> store, Predicate<String> input, String task) {
    this.rules = rules;
    this.store = store;
    this.alerts = rules.keepsState() ? new AlertBytes() : null;
    if (rules.keepsState()) {
      restore(input);
      LOG.info(
          "Task {}: {} keys with an incident or a cool-down",
          task,
          "%,d".formatted(topics.values().stream().mapToLong(PartitionMute::keys).sum()));
      if (!left.isEmpty()) {
        LOG.warn(
            "Task {}: {} keys' incidents and cool-downs are not gone on with: they are of topics"
                + " that are no longer read, of another version of Weir, or there are no incidents"
                + " any more",
            task,
            "%,d".formatted(left.size()));
      }
    }
  }

  /// An event came, anomalous or not: time goes on.
  ///
  /// @param closed hears of incidents that are over with it
  public void tick(String topic, long timestamp, Consumer<Notice> closed) {
    if (rules.keepsState()) {
      prepare();
      topic(topic).tick(timestamp, closed);
    }
  }

  /// Says what becomes of an anomalous event, after its [#tick].
  ///
  /// @param alert of the event, as it would be without incidents and cool-downs; asked for at most
  ///   once
  /// @param closed hears of the incident that is over with it
  public Ruling rule(Anomaly anomaly, Supplier<Alert> alert, Consumer<Notice> closed) {
    var ignoring = rules.ignoring(anomaly);
    if (ignoring.isPresent()) {
      return new Ruling.Ignored(ignoring.get());
    }
    return rules.keepsState()
        ? topic(anomaly.partition().topic()).rule(anomaly, alert, closed)
        : new Ruling.Alerted(new Notice(alert.get(), null, 0));
  }

  private PartitionMute topic(String topic) {
    return topics.computeIfAbsent(topic, name -> new PartitionMute(rules, store, alerts, name));
  }

  private void restore(Predicate<String> input) {
    List<KeyValue<byte[], byte[]>> states = new ArrayList<>();
    try (KeyValueIterator<byte[], byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<byte[], byte[]> stored = all.next();
        if (StoreKeys.isSchema(stored.key)) {
          alerts.learn(stored.value);
        } else {
          states.add(stored);
        }
      }
    }
    for (KeyValue<byte[], byte[]> stored : states) {
      String topic = StoreKeys.topic(stored.key);
      if (!input.test(topic)) {
        left.add(stored.key);
      } else if (StoreKeys.isClock(stored.key)) {
        topic(topic).restoreClock(stored.value);
      } else if (KeyState.isOwn(stored.value)) {
        topic(topic).restore(new KeyState(stored.key, stored.value));
      } else {
        left.add(stored.key);
      }
    }
  }

  /// Writes what must not be written before the first event, when a task is only being made.
  private void prepare() {
    if (!prepared) {
      prepared = true;
      left.forEach(store::delete);
      left.clear();
      byte[] key = StoreKeys.schema(AlertBytes.fingerprint());
      if (store.get(key) == null) {
        store.put(key, AlertBytes.schema());
      }
    }
  }
}
