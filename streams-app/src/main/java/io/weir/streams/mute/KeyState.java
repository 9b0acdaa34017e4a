package io.weir.streams.mute;

import java.nio.ByteBuffer;
import java.util.Comparator;

/// What is kept of a key: its open incident, or how long ago it had its alert.
///
///     version (1) · offset (8) · latest (8) · alerted (8) · since (8) · suppressed (8)
///     · whether there is an incident (1) [· incident · alert of the latest event]
///
/// All big-endian.
final class KeyState {
  /// Those whose time runs out first come first; the order does not depend on restarts.
  static final Comparator<KeyState> BY_DEADLINE =
      Comparator.comparingLong(KeyState::deadline).thenComparingLong(KeyState::offset);

  private static final byte VERSION = 1;
  private static final int HEAD = 1 + 5 * 8 + 1;

  /// In the store.
  final byte[] storeKey;

  private long offset;
  private long latest;
  private long alerted;
  private long since;
  private long suppressed;
  private long deadline;
  private OpenIncident incident;

  KeyState(byte[] storeKey) {
    this.storeKey = storeKey;
  }

  KeyState(byte[] storeKey, byte[] value) {
    this.storeKey = storeKey;
    ByteBuffer stored = ByteBuffer.wrap(value, 1, value.length - 1);
    offset = stored.getLong();
    latest = stored.getLong();
    alerted = stored.getLong();
    since = stored.getLong();
    suppressed = stored.getLong();
    incident = stored.get() == 0 ? null : new OpenIncident(stored);
  }

  /// Whether a stored value is of this version.
  static boolean isOwn(byte[] value) {
    return value.length >= HEAD && value[0] == VERSION;
  }

  /// The alert that a stored value ends with, empty without an incident.
  static ByteBuffer alert(byte[] value) {
    int from = Math.min(HEAD + OpenIncident.BYTES, value.length);
    return ByteBuffer.wrap(value, from, value.length - from).slice();
  }

  /// @param alert of the latest event, null without an incident
  byte[] value(byte[] alert) {
    int length = incident == null ? 0 : OpenIncident.BYTES + alert.length;
    ByteBuffer out = ByteBuffer.allocate(HEAD + length).put(VERSION);
    out.putLong(offset).putLong(latest).putLong(alerted).putLong(since).putLong(suppressed);
    out.put((byte) (incident == null ? 0 : 1));
    if (incident != null) {
      incident.put(out);
      out.put(alert);
    }
    return out.array();
  }

  /// An anomalous event of the key came.
  ///
  /// @param partitionTime then, [EventClock#UNKNOWN] if nobody knows
  void seen(Anomaly anomaly, long partitionTime) {
    offset = anomaly.offset();
    latest = anomaly.timestamp();
    // Of keys whose events always come late, or of a single one from the future, the partition's
    // own time says when it is over.
    long newest = incident == null ? latest : incident.newest();
    since = Math.max(since, Math.max(partitionTime, newest));
  }

  /// The key had an alert.
  void alerted(long timestamp) {
    alerted = timestamp;
    suppressed = 0;
  }

  void suppress() {
    suppressed++;
  }

  void open(OpenIncident opened) {
    incident = opened;
  }

  void close() {
    incident = null;
  }

  /// Says by the rules when it is over: when the partition's time is later than its [#deadline()].
  void schedule(MuteRules rules) {
    long kept;
    if (incident != null) {
      kept = rules.incidentGapMillis();
    } else if (suppressed > 0) {
      kept = Math.max(rules.cooldownMillis(), PartitionMute.COUNTS_KEPT_MILLIS);
    } else {
      kept = rules.cooldownMillis();
    }
    deadline = since > Long.MAX_VALUE - kept ? Long.MAX_VALUE : since + kept;
  }

  long deadline() {
    return deadline;
  }

  /// Of the latest anomalous event.
  long offset() {
    return offset;
  }

  /// The timestamp of the latest anomalous event.
  long latest() {
    return latest;
  }

  /// The event time of the key's last alert.
  long alerted() {
    return alerted;
  }

  /// Anomalous events since the key's last alert.
  long suppressed() {
    return suppressed;
  }

  /// Null without one.
  OpenIncident incident() {
    return incident;
  }
}
