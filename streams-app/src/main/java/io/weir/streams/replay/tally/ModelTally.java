package io.weir.streams.replay.tally;

import io.weir.schemas.event.Alert;
import io.weir.streams.decode.BadReason;
import io.weir.streams.judge.Severity;
import io.weir.streams.replay.ReplayResult;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// What one model made of the events. Not thread-safe.
public final class ModelTally {
  private static final int PER_DOUBLING = 8;

  private long unscored;
  private long anomalous;
  private long alerts;
  private final long[] bad = new long[BadReason.values().length];
  private final long[] severities = new long[Severity.values().length];
  private final Map<String, Long> suppressed = new TreeMap<>();
  private final LogCounts scores = new LogCounts(PER_DOUBLING);
  private final TimeSeries overTime = new TimeSeries();
  private final Calendar calendar = new Calendar();
  private final KeyCounts keys = new KeyCounts();
  private final FeatureShares features = new FeatureShares();
  private final Highest<ReplayResult.AlertSample> highest =
      new Highest<>(ReplayResult.Model.HIGHEST_MAX, new AlertSamples());
  private final List<SweepCounts> rows;

  /// @param thresholds how many are counted, the replay's own the first
  ModelTally(int thresholds) {
    rows = IntStream.range(0, thresholds).mapToObj(_ -> new SweepCounts()).toList();
  }

  /// An event whose window is not full.
  public void unscored() {
    unscored++;
  }

  /// A record that cannot be scored.
  public void bad(BadReason reason) {
    bad[reason.ordinal()]++;
  }

  /// An event with a score.
  ///
  /// @param happenings what each threshold made of it
  public void event(long time, float score, Happening[] happenings, Label label) {
    Happening own = happenings[0];
    scores.count(score);
    if (own.anomalous) {
      anomalous++;
    }
    if (own.suppressedBy != null) {
      suppressed.merge(own.suppressedBy, 1L, Long::sum);
    }
    overTime.event(time, score, own.anomalous, own.alerts);
    calendar.event(time, own.anomalous, own.alerts);
    for (int row = 0; row < happenings.length; row++) {
      rows.get(row).event(happenings[row], label);
    }
  }

  /// An alert by the replay's own threshold.
  ///
  /// @param own whether it is of the event whose turn it is, and not of one that others had already
  public void alert(Alert alert, boolean own) {
    alerts++;
    severities[Severity.valueOf(alert.getSeverity()).ordinal()]++;
    keys.alert(alert.getKey(), alert.getScore());
    if (own) {
      features.alert(alert.getFeatures());
      highest.offer(alert.getScore(), () -> AlertSamples.of(alert));
    }
  }

  void segmentCaught(int row) {
    rows.get(row).segmentCaught();
  }

  int thresholds() {
    return rows.size();
  }

  void add(ModelTally other) {
    unscored += other.unscored;
    anomalous += other.anomalous;
    alerts += other.alerts;
    Longs.add(bad, other.bad);
    Longs.add(severities, other.severities);
    other.suppressed.forEach((reason, count) -> suppressed.merge(reason, count, Long::sum));
    scores.add(other.scores);
    overTime.add(other.overTime);
    calendar.add(other.calendar);
    keys.add(other.keys);
    features.add(other.features);
    highest.add(other.highest);
    for (int row = 0; row < rows.size(); row++) {
      rows.get(row).add(other.rows.get(row));
    }
  }

  /// @param days that the events are spread over; 0 if unknown
  /// @param labels whether there are any
  ReplayResult.Model result(ModelFacts facts, double days, boolean labels) {
    return new ReplayResult.Model(
        facts.name(),
        facts.version(),
        facts.sha256(),
        facts.file(),
        facts.steps(),
        facts.thresholds(),
        new ReplayResult.Counts(
            scores.total(),
            unscored,
            named(BadReason.values(), bad, false),
            anomalous,
            alerts,
            named(Severity.values(), severities, true),
            suppressed),
        scores.buckets(),
        overTime.result(),
        calendar.hours(),
        calendar.days(),
        keys.most(),
        keys.others(),
        features.most(),
        highest.all(),
        sweep(facts, days, labels),
        facts.leftOut());
  }

  private List<ReplayResult.SweepRow> sweep(ModelFacts facts, double days, boolean labels) {
    List<ReplayResult.SweepRow> sweep = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      ModelFacts.Row known = facts.rows().get(row);
      sweep.add(rows.get(row).row(known.policy(), known.value(), days, labels));
    }
    return sweep;
  }

  private static <E extends Enum<E>> Map<String, Long> named(
      E[] names, long[] counts, boolean zeros) {
    Map<String, Long> named = new LinkedHashMap<>();
    for (E each : names) {
      if (zeros || counts[each.ordinal()] > 0) {
        named.put(each.name(), counts[each.ordinal()]);
      }
    }
    return named;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(unscored);
    out.writeLong(anomalous);
    out.writeLong(alerts);
    Longs.write(out, bad);
    Longs.write(out, severities);
    out.writeInt(suppressed.size());
    for (Map.Entry<String, Long> reason : suppressed.entrySet()) {
      out.writeUTF(reason.getKey());
      out.writeLong(reason.getValue());
    }
    scores.write(out);
    overTime.write(out);
    calendar.write(out);
    keys.write(out);
    features.write(out);
    highest.write(out);
    for (SweepCounts row : rows) {
      row.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    unscored = in.readLong();
    anomalous = in.readLong();
    alerts = in.readLong();
    Longs.read(in, bad);
    Longs.read(in, severities);
    int reasons = in.readInt();
    for (int i = 0; i < reasons; i++) {
      suppressed.put(in.readUTF(), in.readLong());
    }
    scores.read(in);
    overTime.read(in);
    calendar.read(in);
    keys.read(in);
    features.read(in);
    highest.read(in);
    for (SweepCounts row : rows) {
      row.read(in);
    }
  }
}
