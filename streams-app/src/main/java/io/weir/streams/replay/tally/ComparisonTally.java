package io.weir.streams.replay.tally;

import io.weir.schemas.json.KeyText;
import io.weir.streams.judge.Severity;
import io.weir.streams.replay.ReplayResult;
import io.weir.streams.replay.ReplayResult.Disagreement;
import io.weir.streams.replay.ReplayResult.Overlap;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/// Two models on the events that both scored.
final class ComparisonTally {
  private static final int BOTH = 0;
  private static final int ONLY_A = 1;
  private static final int ONLY_B = 2;

  /// One more than severities: the event was not anomalous.
  private static final int GRADES = Severity.values().length + 1;

  private final long[] anomalous = new long[3];
  private final long[] alerts = new long[3];
  private final Map<Long, long[]> days = new TreeMap<>();
  private final long[][] severities = new long[GRADES][GRADES];
  private final RankSample ranks = new RankSample(RankSample.KEPT);
  private final Highest<Disagreement> onlyA =
      new Highest<>(ReplayResult.Comparison.ONLY_MAX, new Form(true));
  private final Highest<Disagreement> onlyB =
      new Highest<>(ReplayResult.Comparison.ONLY_MAX, new Form(false));
  private long events;

  void event(
      TopicPartition partition,
      long offset,
      long time,
      byte[] key,
      float scoreA,
      Happening a,
      float scoreB,
      Happening b) {
    events++;
    severities[grade(a)][grade(b)]++;
    ranks.add(hash(partition, offset), scoreA, scoreB);
    if (a.anomalous || b.anomalous) {
      anomalous[which(a.anomalous, b.anomalous)]++;
    }
    boolean alertA = a.alerts > 0;
    boolean alertB = b.alerts > 0;
    if (!alertA && !alertB) {
      return;
    }
    alerts[which(alertA, alertB)]++;
    day(Math.floorDiv(time, Calendar.DAY))[which(alertA, alertB)]++;
    if (alertA != alertB) {
      (alertA ? onlyA : onlyB)
          .offer(
              alertA ? scoreA : scoreB,
              () ->
                  new Disagreement(
                      partition.topic(),
                      partition.partition(),
                      offset,
                      time,
                      key == null ? null : KeyText.of(ByteBuffer.wrap(key)),
                      scoreA,
                      scoreB));
    }
  }

  private static int grade(Happening what) {
    return what.anomalous ? 1 + what.severity.ordinal() : 0;
  }

  private static int which(boolean a, boolean b) {
    return a && b ? BOTH : a ? ONLY_A : ONLY_B;
  }

  /// Sebastiano Vigna's finalizer of SplitMix64, over both halves of the coordinates.
  private static long hash(TopicPartition partition, long offset) {
    return mixed(mixed(partition.topic().hashCode() * 31L + partition.partition()) ^ offset);
  }

  private static long mixed(long bits) {
    long mixed = bits + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  private long[] day(long day) {
    long[] counts = days.get(day);
    if (counts == null) {
      counts = new long[3];
      if (days.size() < ReplayResult.Model.DAYS_MAX) {
        days.put(day, counts);
      }
    }
    return counts;
  }

  void add(ComparisonTally other) {
    events += other.events;
    Longs.add(anomalous, other.anomalous);
    Longs.add(alerts, other.alerts);
    other.days.forEach((day, counts) -> Longs.add(day(day), counts));
    for (int grade = 0; grade < GRADES; grade++) {
      Longs.add(severities[grade], other.severities[grade]);
    }
    ranks.add(other.ranks);
    onlyA.add(other.onlyA);
    onlyB.add(other.onlyB);
  }

  ReplayResult.Comparison result() {
    List<ReplayResult.DayOverlap> byDay = new ArrayList<>();
    days.forEach(
        (day, counts) ->
            byDay.add(
                new ReplayResult.DayOverlap(
                    Calendar.name(day), counts[BOTH], counts[ONLY_A], counts[ONLY_B])));
    double correlation = ranks.correlation();
    return new ReplayResult.Comparison(
        events,
        overlap(anomalous),
        overlap(alerts),
        byDay,
        Double.isFinite(correlation) ? correlation : null,
        ranks.size(),
        ranks.isComplete(),
        Arrays.stream(severities).map(row -> Arrays.stream(row).boxed().toList()).toList(),
        Stream.concat(Stream.of("NONE"), Arrays.stream(Severity.values()).map(Enum::name)).toList(),
        ranks.some(ReplayResult.Comparison.SCATTER_MAX),
        onlyA.all(),
        onlyB.all());
  }

  private static Overlap overlap(long[] counts) {
    return new Overlap(counts[BOTH], counts[ONLY_A], counts[ONLY_B]);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(events);
    Longs.write(out, anomalous);
    Longs.write(out, alerts);
    out.writeInt(days.size());
    for (Map.Entry<Long, long[]> day : days.entrySet()) {
      out.writeLong(day.getKey());
      Longs.write(out, day.getValue());
    }
    for (long[] row : severities) {
      Longs.write(out, row);
    }
    ranks.write(out);
    onlyA.write(out);
    onlyB.write(out);
  }

  void read(DataInput in) throws IOException {
    events = in.readLong();
    Longs.read(in, anomalous);
    Longs.read(in, alerts);
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Longs.read(in, day(in.readLong()));
    }
    for (long[] row : severities) {
      Longs.read(in, row);
    }
    ranks.read(in);
    onlyA.read(in);
    onlyB.read(in);
  }

  /// @param ofA whether A's score counts, else B's
  private record Form(boolean ofA) implements Highest.Form<Disagreement> {
    @Override
    public float score(Disagreement item) {
      return ofA ? item.a() : item.b();
    }

    @Override
    public String topic(Disagreement item) {
      return item.topic();
    }

    @Override
    public int partition(Disagreement item) {
      return item.partition();
    }

    @Override
    public long offset(Disagreement item) {
      return item.offset();
    }

    @Override
    public void write(DataOutput out, Disagreement item) throws IOException {
      JsonItems.write(out, item);
    }

    @Override
    public Disagreement read(DataInput in) throws IOException {
      return JsonItems.read(in, Disagreement.class);
    }
  }
}
