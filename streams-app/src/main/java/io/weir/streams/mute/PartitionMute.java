package io.weir.streams.mute;

import io.weir.schemas.event.Alert;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.KeyValueStore;

/// Incidents and cool-downs of one partition of one topic.
final class PartitionMute {
  /// How long after a key's latest anomalous event it is known how many were suppressed, for the
  /// next alert to say, if there is no longer cool-down.
  static final long COUNTS_KEPT_MILLIS = 24L * 60 * 60 * 1000;

  private final MuteRules rules;
  private final KeyValueStore<byte[], byte[]> store;
  private final AlertBytes alerts;
  private final String topic;
  private final byte[] clockKey;
  private final EventClock clock = new EventClock();

  /// The partition's time before the event at hand, which may itself be late.
  private long before = EventClock.UNKNOWN;

  private final Map<ByteBuffer, KeyState> keys = new HashMap<>();
  private final TreeSet<KeyState> due = new TreeSet<>(KeyState.BY_DEADLINE);

  PartitionMute(
      MuteRules rules, KeyValueStore<byte[], byte[]> store, AlertBytes alerts, String topic) {
    this.rules = rules;
    this.store = store;
    this.alerts = alerts;
    this.topic = topic;
    this.clockKey = StoreKeys.clock(topic);
  }

  int keys() {
    return keys.size();
  }

  void restoreClock(byte[] stored) {
    clock.restore(stored);
  }

  void restore(KeyState state) {
    keys.put(ByteBuffer.wrap(state.storeKey), state);
    state.schedule(rules);
    due.add(state);
  }

  /// An event came, anomalous or not.
  ///
  /// @param closed hears of incidents that are over
  void tick(long timestamp, Consumer<Notice> closed) {
    before = clock.time();
    clock.add(timestamp);
    long time = clock.time();
    while (!due.isEmpty() && due.first().deadline() < time) {
      KeyState state = due.first();
      if (state.incident() == null) {
        forget(state);
      } else {
        close(state, closed);
      }
    }
    store.put(clockKey, clock.bytes());
  }

  /// Says what becomes of an anomalous event.
  ///
  /// @param alert of the event, asked for at most once
  Ruling rule(Anomaly anomaly, Supplier<Alert> alert, Consumer<Notice> closed) {
    byte[] storeKey = StoreKeys.events(topic, anomaly.key());
    ByteBuffer name = ByteBuffer.wrap(storeKey);
    KeyState state = keys.get(name);
    if (state != null
        && state.incident() != null
        && isBeyond(rules.incidentGapMillis(), state.latest(), anomaly.timestamp())) {
      close(state, closed);
      state = keys.get(name);
    }
    if (state == null) {
      state = new KeyState(storeKey);
      keys.put(name, state);
      return alert(state, anomaly, alert.get());
    }
    due.remove(state);
    if (state.incident() != null) {
      return goOn(state, anomaly, alert.get());
    }
    if (isBeyond(rules.cooldownMillis(), state.alerted(), anomaly.timestamp())) {
      return alert(state, anomaly, alert.get());
    }
    state.suppress();
    keep(state, anomaly, null);
    return new Ruling.CoolingDown();
  }

  private Ruling alert(KeyState state, Anomaly anomaly, Alert alert) {
    long suppressed = state.suppressed();
    state.alerted(anomaly.timestamp());
    if (rules.incidentGapMillis() == 0) {
      keep(state, anomaly, null);
      return new Ruling.Alerted(new Notice(alert, null, suppressed));
    }
    state.open(new OpenIncident(alert.getId(), anomaly));
    keep(state, anomaly, alert);
    return new Ruling.Alerted(
        new Notice(alert, state.incident().as(IncidentStatus.OPENED), suppressed));
  }

  private Ruling goOn(KeyState state, Anomaly anomaly, Alert alert) {
    boolean noticed = state.incident().add(anomaly, rules.incidentUpdateMillis());
    long suppressed = state.suppressed();
    if (noticed) {
      state.alerted(anomaly.timestamp());
    } else {
      state.suppress();
    }
    keep(state, anomaly, alert);
    return noticed
        ? new Ruling.Alerted(
            new Notice(alert, state.incident().as(IncidentStatus.UPDATED), suppressed))
        : new Ruling.KnownIncident();
  }

  private void keep(KeyState state, Anomaly anomaly, Alert alertOrNull) {
    state.seen(anomaly, before);
    state.schedule(rules);
    due.add(state);
    store.put(state.storeKey, state.value(alertOrNull == null ? null : alerts.write(alertOrNull)));
  }

  /// The cool-down after an incident counts from its latest anomalous event.
  private void close(KeyState state, Consumer<Notice> closed) {
    byte[] stored = store.get(state.storeKey);
    if (stored == null) {
      throw new IllegalStateException(
          "The store of incidents lacks one of topic %s: delete state.dir, it is restored from its changelog topic"
              .formatted(topic));
    }
    Alert latest = alerts.read(KeyState.alert(stored));
    closed.accept(
        new Notice(latest, state.incident().as(IncidentStatus.CLOSED), state.suppressed()));
    due.remove(state);
    state.close();
    state.alerted(state.latest());
    if (rules.cooldownMillis() == 0) {
      forget(state);
    } else {
      state.schedule(rules);
      due.add(state);
      store.put(state.storeKey, state.value(null));
    }
  }

  private void forget(KeyState state) {
    due.remove(state);
    keys.remove(ByteBuffer.wrap(state.storeKey));
    store.delete(state.storeKey);
  }

  private static boolean isBeyond(long millis, long one, long other) {
    // Timestamps are not negative, so that their difference is a number. 0 is for none.
    return millis == 0 || Math.abs(one - other) > millis;
  }
}
