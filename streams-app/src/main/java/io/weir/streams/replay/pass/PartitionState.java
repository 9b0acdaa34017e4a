package io.weir.streams.replay.pass;

import io.weir.streams.path.HeapStore;
import io.weir.streams.path.PathStores;
import io.weir.streams.replay.tally.Tally;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Where a partition stands: everything that is needed to go on from here.
final class PartitionState {
  /// Changes when the form changes.
  private static final int FORM = 1;

  final Tally tally;
  private final List<Stores> stores = new ArrayList<>();

  /// The offset of the next record.
  long next;

  /// The largest timestamp so far.
  long time = Long.MIN_VALUE;

  /// Bytes of the partition's alerts.
  long alertBytes;

  /// Whether the end was reached.
  boolean ended;

  private record Stores(HeapStore windows, List<HeapStore> mutes) {}

  /// @param thresholds of each model
  PartitionState(List<Integer> thresholds, long next) {
    this.tally = new Tally(thresholds);
    this.next = next;
    for (int count : thresholds) {
      stores.add(
          new Stores(
              new HeapStore("windows"),
              IntStream.range(0, count).mapToObj(_ -> new HeapStore("mute")).toList()));
    }
  }

  /// The stores of a model's path.
  PathStores stores(int model) {
    Stores of = stores.get(model);
    return new PathStores(of.windows, List.copyOf(of.mutes));
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(FORM);
    out.writeLong(next);
    out.writeLong(time);
    out.writeLong(alertBytes);
    out.writeBoolean(ended);
    tally.write(out);
    for (Stores each : stores) {
      each.windows.write(out);
      for (HeapStore mute : each.mutes) {
        mute.write(out);
      }
    }
  }

  void read(DataInput in) throws IOException {
    int form = in.readInt();
    if (form != FORM) {
      throw new IOException(
          "it has form %d, this Weir reads %d: resume with the Weir that began"
              .formatted(form, FORM));
    }
    next = in.readLong();
    time = in.readLong();
    alertBytes = in.readLong();
    ended = in.readBoolean();
    tally.read(in);
    for (Stores each : stores) {
      each.windows.read(in);
      for (HeapStore mute : each.mutes) {
        mute.read(in);
      }
    }
  }
}
