package io.weir.streams.gather;

import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/// The windows of one partition of one topic: rings in the heap, their slots in the store.
///
/// The time of the partition, by which keys are idle, is the latest that the smallest timestamp
/// among [#BLOCK] events has been: a few events with timestamps far in the future do not make the
/// others look idle. A key is idle since the partition's time at its last event, not since that
/// event's own timestamp: a key whose events always come hours late is as busy as any other.
final class PartitionWindows {
  static final int BLOCK = 64;

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final WindowRules rules;
  private final SlotCodec codec;
  private final KeyValueStore<byte[], byte[]> store;
  private final byte[] prefix;
  private final Rings rings = new Rings();
  private long time = UNKNOWN;
  private long blockTime = Long.MAX_VALUE;
  private int blockEvents;

  PartitionWindows(
      WindowRules rules, SlotCodec codec, KeyValueStore<byte[], byte[]> store, String topic) {
    this.rules = rules;
    this.codec = codec;
    this.store = store;
    this.prefix = SlotCodec.prefix(topic);
  }

  /// The ring of a key, null if there is none or if it is idle: whether it is forgotten already
  /// must make no difference to a late event, which never follows a gap.
  Ring find(byte[] key, int hash) {
    Ring ring = rings.find(key, hash);
    return ring == null || isIdle(ring) ? null : ring;
  }

  int keys() {
    return rings.size();
  }

  /// Takes rings as they were stored, those that have been idle for longest first.
  void restore(List<Ring> stored) {
    rings.addAll(stored);
  }

  /// Adds an event to its key's window, in the heap and in the store.
  ///
  /// @param event [features], copied
  Ring append(byte[] key, int hash, Ring known, long timestamp, float[] event) {
    Ring ring = known;
    if (ring == null) {
      Ring idle = rings.find(key, hash);
      if (idle != null) {
        forget(idle);
      }
      ring = new Ring(key, hash, rules.features());
      rings.add(ring);
    } else {
      rings.touch(ring);
    }
    ring.append(rules, timestamp, event);
    ring.seen(time == UNKNOWN ? Ring.NEVER : Math.max(time, ring.newest()));
    long sequence = ring.count() - 1;
    store.put(
        SlotCodec.key(prefix, key, (int) (sequence % rules.steps())),
        codec.value(sequence, ring.newest(), ring.run(), event));
    tick(timestamp);
    return ring;
  }

  /// Forgets idle keys, with tombstones for their slots.
  ///
  /// @param most about how many tombstones, and how many keys are looked at
  /// @return the number of keys forgotten
  int expire(int most) {
    int expired = 0;
    int tombstones = 0;
    int looks = time == UNKNOWN ? 0 : Math.min(most, rings.size());
    for (int looked = 0; looked < looks && tombstones < most; looked++) {
      Ring ring = rings.idlest();
      if (ring.seen() == Ring.NEVER) {
        ring.seen(Math.max(time, ring.newest()));
        rings.touch(ring);
      } else if (ring.seen() > time) {
        // Nobody knows when that is over: it must not hold up the others.
        rings.touch(ring);
      } else if (!isIdle(ring)) {
        break;
      } else {
        tombstones += forget(ring);
        expired++;
      }
    }
    return expired;
  }

  private boolean isIdle(Ring ring) {
    return time != UNKNOWN
        && ring.seen() != Ring.NEVER
        && ring.seen() <= time
        && time - ring.seen() > rules.idleMillis();
  }

  /// @return the number of tombstones
  private int forget(Ring ring) {
    rings.remove(ring);
    int slots = (int) Math.min(ring.count(), rules.steps());
    for (int slot = 0; slot < slots; slot++) {
      store.delete(SlotCodec.key(prefix, ring.key, slot));
    }
    return slots;
  }

  private void tick(long timestamp) {
    blockTime = Math.min(blockTime, timestamp);
    if (++blockEvents == BLOCK) {
      time = Math.max(time, blockTime);
      blockTime = Long.MAX_VALUE;
      blockEvents = 0;
    }
  }
}
