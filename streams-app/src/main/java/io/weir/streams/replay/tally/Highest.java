package io.weir.streams.replay.tally;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/// A few items with the highest scores. Of equal scores the first in the order of topic, partition
/// and offset.
///
/// @param <T> what is kept
final class Highest<T> {
  private final int most;
  private final Form<T> form;

  /// The lowest first: it makes way.
  private final PriorityQueue<T> kept;

  /// What has to be known of the items.
  interface Form<T> {
    float score(T item);

    String topic(T item);

    int partition(T item);

    long offset(T item);

    void write(DataOutput out, T item) throws IOException;

    T read(DataInput in) throws IOException;
  }

  Highest(int most, Form<T> form) {
    this.most = most;
    this.form = form;
    this.kept = new PriorityQueue<>(highestFirst(form).reversed());
  }

  private static <T> Comparator<T> highestFirst(Form<T> form) {
    return Comparator.<T>comparingDouble(item -> -form.score(item))
        .thenComparing(form::topic)
        .thenComparingInt(form::partition)
        .thenComparingLong(form::offset);
  }

  /// Offers an item, which is made only if its score may do.
  void offer(float score, Supplier<T> item) {
    if (kept.size() < most || score >= form.score(kept.peek())) {
      add(item.get());
    }
  }

  private void add(T item) {
    kept.add(item);
    if (kept.size() > most) {
      kept.poll();
    }
  }

  void add(Highest<T> other) {
    other.kept.forEach(this::add);
  }

  /// The highest first.
  List<T> all() {
    List<T> all = new ArrayList<>(kept);
    all.sort(highestFirst(form));
    return all;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(kept.size());
    for (T item : all()) {
      form.write(out, item);
    }
  }

  void read(DataInput in) throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      add(form.read(in));
    }
  }
}
