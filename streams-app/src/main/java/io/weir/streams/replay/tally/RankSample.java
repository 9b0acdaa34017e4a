package io.weir.streams.replay.tally;

import io.weir.streams.replay.ReplayResult;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Pairs of scores: all of them, or those whose coordinates have the smallest hashes if there are
/// more than [#KEPT]. Which these are does not depend on the order in which they come, and no pair
/// is likelier than another.
final class RankSample {
  static final int KEPT = 200_000;

  private final int most;
  private long seen;
  private int size;

  /// A heap, the largest hash first; the scores run along.
  private long[] hashes = new long[64];

  private float[] as = new float[64];
  private float[] bs = new float[64];

  /// @param most pairs that are kept
  RankSample(int most) {
    this.most = most;
  }

  /// @param hash of the event's coordinates, evenly spread
  void add(long hash, float a, float b) {
    seen++;
    keep(hash, a, b);
  }

  private void keep(long hash, float a, float b) {
    if (size < most) {
      grow();
      sift(size++, hash, a, b);
    } else if (hash < hashes[0]) {
      sink(hash, a, b);
    }
  }

  void add(RankSample other) {
    seen += other.seen;
    for (int i = 0; i < other.size; i++) {
      keep(other.hashes[i], other.as[i], other.bs[i]);
    }
  }

  int size() {
    return size;
  }

  boolean isComplete() {
    return seen == size;
  }

  /// Spearman's rank correlation, ties with mean ranks; NaN if a side is constant.
  double correlation() {
    double[] ranksA = ranks(Arrays.copyOf(as, size));
    double[] ranksB = ranks(Arrays.copyOf(bs, size));
    double mean = (size + 1) / 2.0;
    double both = 0;
    double alone = 0;
    double other = 0;
    // In the order of the hashes: sums of doubles depend on it.
    for (int i : byHash()) {
      double x = ranksA[i] - mean;
      double y = ranksB[i] - mean;
      both += x * y;
      alone += x * x;
      other += y * y;
    }
    return both / Math.sqrt(alone * other);
  }

  /// Some of the pairs.
  List<ReplayResult.ScorePair> some(int count) {
    List<ReplayResult.ScorePair> pairs = new ArrayList<>();
    for (int i : Arrays.copyOf(byHash(), Math.min(count, size))) {
      pairs.add(new ReplayResult.ScorePair(as[i], bs[i]));
    }
    return pairs;
  }

  private int[] byHash() {
    return IntStream.range(0, size)
        .boxed()
        .sorted(Comparator.comparingLong(i -> hashes[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double[] ranks(float[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((one, other) -> Float.compare(values[one], values[other]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  private void grow() {
    if (size == hashes.length) {
      int larger = Math.min(most, 2 * size);
      hashes = Arrays.copyOf(hashes, larger);
      as = Arrays.copyOf(as, larger);
      bs = Arrays.copyOf(bs, larger);
    }
  }

  private void sift(int place, long hash, float a, float b) {
    int at = place;
    while (at > 0 && hashes[(at - 1) / 2] < hash) {
      move((at - 1) / 2, at);
      at = (at - 1) / 2;
    }
    set(at, hash, a, b);
  }

  private void sink(long hash, float a, float b) {
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child + 1 < size && hashes[child + 1] > hashes[child]) {
        child++;
      }
      if (child >= size || hashes[child] <= hash) {
        break;
      }
      move(child, at);
      at = child;
    }
    set(at, hash, a, b);
  }

  private void move(int from, int to) {
    set(to, hashes[from], as[from], bs[from]);
  }

  private void set(int at, long hash, float a, float b) {
    hashes[at] = hash;
    as[at] = a;
    bs[at] = b;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(seen);
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(hashes[i]);
      out.writeFloat(as[i]);
      out.writeFloat(bs[i]);
    }
  }

  void read(DataInput in) throws IOException {
    seen = in.readLong();
    int kept = in.readInt();
    for (int i = 0; i < kept; i++) {
      keep(in.readLong(), in.readFloat(), in.readFloat());
    }
  }
}
