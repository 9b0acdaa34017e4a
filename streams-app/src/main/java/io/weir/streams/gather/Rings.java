package io.weir.streams.gather;

import java.util.Arrays;
import java.util.List;

/// The rings of one partition: found by key, and ordered by when their last event came.
final class Rings {
  private Ring[] table = new Ring[16];
  private int size;
  private Ring idlest;
  private Ring busiest;

  /// @param key null for records without one
  static int hash(byte[] key) {
    int hash = Arrays.hashCode(key) * 0x9E3779B9;
    return hash ^ hash >>> 16;
  }

  int size() {
    return size;
  }

  /// The ring of a key, null if there is none.
  Ring find(byte[] key, int hash) {
    Ring ring = table[hash & table.length - 1];
    while (ring != null && !(ring.hash == hash && Arrays.equals(ring.key, key))) {
      ring = ring.chained;
    }
    return ring;
  }

  /// Adds the ring of a key that has none, as the busiest.
  void add(Ring ring) {
    if (size == table.length) {
      resize();
    }
    int at = ring.hash & table.length - 1;
    ring.chained = table[at];
    table[at] = ring;
    size++;
    link(ring);
  }

  void remove(Ring ring) {
    int at = ring.hash & table.length - 1;
    if (table[at] == ring) {
      table[at] = ring.chained;
    } else {
      Ring before = table[at];
      while (before.chained != ring) {
        before = before.chained;
      }
      before.chained = ring.chained;
    }
    size--;
    unlink(ring);
  }

  /// The ring whose last event came first, null if there is none.
  Ring idlest() {
    return idlest;
  }

  /// Makes a ring the busiest.
  void touch(Ring ring) {
    if (ring != busiest) {
      unlink(ring);
      link(ring);
    }
  }

  /// Adds many, in this order.
  void addAll(List<Ring> rings) {
    rings.forEach(this::add);
  }

  private void link(Ring ring) {
    ring.idler = busiest;
    ring.busier = null;
    if (busiest == null) {
      idlest = ring;
    } else {
      busiest.busier = ring;
    }
    busiest = ring;
  }

  private void unlink(Ring ring) {
    if (ring.idler == null) {
      idlest = ring.busier;
    } else {
      ring.idler.busier = ring.busier;
    }
    if (ring.busier == null) {
      busiest = ring.idler;
    } else {
      ring.busier.idler = ring.idler;
    }
  }

  private void resize() {
    Ring[] larger = new Ring[2 * table.length];
    for (Ring first : table) {
      for (Ring ring = first; ring != null; ) {
        Ring following = ring.chained;
        int at = ring.hash & larger.length - 1;
        ring.chained = larger[at];
        larger[at] = ring;
        ring = following;
      }
    }
    table = larger;
  }
}
