package io.weir.streams.replay;

import java.util.List;
import java.util.Map;

/// What a replay found, for programs and for the report: `result.json` in the replay's folder.
///
/// It depends on the events, the models and the settings alone, not on when and how often the
/// replay ran: an interrupted and resumed one gives the same bytes. All lists are bounded, however
/// many events there are. Times are milliseconds since 1970 by the events' timestamps, days and
/// hours are in UTC. The file is long because the JSON is one document.
///
/// @param version of this document's form, [#VERSION]
/// @param id the replay's id, as its alerts have it
/// @param range what was replayed
/// @param models one or two, in the order of the command line
/// @param comparison of the two models; null with one
/// @param labels what was known of the events; null without labels
/// @param notes what whoever reads the numbers must know, as sentences
public record ReplayResult(
    int version,
    String id,
    Range range,
    List<Model> models,
    Comparison comparison,
    Labels labels,
    List<String> notes) {
  /// The version that this code writes.
  public static final int VERSION = 1;

  /// What was replayed.
  ///
  /// @param from as asked: a time or `earliest`
  /// @param to as asked: a time or `latest`
  /// @param warmUp `earliest`, a duration or `none`: how far before `from` the history begins that
  ///   windows and incidents were given
  /// @param isolation `read_committed` or `read_uncommitted`, as the live application reads
  /// @param events records in the range, bad ones included
  /// @param firstTime the smallest timestamp of these; null if there were none
  /// @param lastTime the largest; null if there were none
  /// @param partitions in the order of topic and number
  public record Range(
      String from,
      String to,
      String warmUp,
      String isolation,
      long events,
      Long firstTime,
      Long lastTime,
      List<Partition> partitions) {}

  /// A partition's part of the range.
  ///
  /// @param history offset at which the warm-up begins; `first` without one
  /// @param first offset of the range
  /// @param end offset behind it, frozen when the replay began
  /// @param events records in the range
  /// @param warmUpEvents records between `history` and `first`
  /// @param deletedOffsets offsets in the range that retention deleted before they were read
  /// @param firstTime the smallest timestamp in the range; null without events
  /// @param lastTime the largest
  public record Partition(
      String topic,
      int partition,
      long history,
      long first,
      long end,
      long events,
      long warmUpEvents,
      long deletedOffsets,
      Long firstTime,
      Long lastTime) {}

  /// What one model made of the range, by the replay's own threshold.
  ///
  /// @param file as given
  /// @param steps events that it looks at together, 1 for single events
  /// @param thresholds of each segment; one, with a null segment, where events share one
  /// @param histogram of all scores, ascending, without empty buckets at the ends
  /// @param overTime the scores' course
  /// @param hours 24 entries, by hour of the day
  /// @param days ascending; at most [#DAYS_MAX], the alerts of others are in no entry
  /// @param keys those with most alerts first, at most [#KEYS_MAX]
  /// @param otherKeys alerts of keys that are not listed
  /// @param features those with the largest share first, at most [#FEATURES_MAX]
  /// @param highest the alerts with the highest scores first, at most [#HIGHEST_MAX]
  /// @param sweep the replay's own threshold first, then the others that were asked for
  /// @param sweepLeftOut policies that the model's card cannot answer, with the reason
  public record Model(
      String name,
      String version,
      String sha256,
      String file,
      int steps,
      List<Threshold> thresholds,
      Counts counts,
      List<ScoreBucket> histogram,
      OverTime overTime,
      List<HourCount> hours,
      List<DayCount> days,
      List<KeyCount> keys,
      long otherKeys,
      List<FeatureShare> features,
      List<AlertSample> highest,
      List<SweepRow> sweep,
      List<String> sweepLeftOut) {
    /// Most days that are listed: ten years.
    public static final int DAYS_MAX = 3_660;

    /// Most keys that are listed.
    public static final int KEYS_MAX = 50;

    /// Most features that are listed.
    public static final int FEATURES_MAX = 50;

    /// Most alerts that are listed.
    public static final int HIGHEST_MAX = 50;
  }

  /// The score above which an event is anomalous.
  ///
  /// @param segment null for all events
  /// @param policy how it was chosen
  public record Threshold(String segment, String policy, double value) {}

  /// How many events became what.
  ///
  /// @param scored events with a score
  /// @param unscored events whose window was not full yet
  /// @param bad records that cannot be scored, by reason; reasons without any are left out
  /// @param anomalous events with a score above the threshold
  /// @param alerts that were given, those of incidents that go on or end included
  /// @param alertsBySeverity for every severity, the lowest first
  /// @param suppressed anomalous events without an alert, by reason; reasons without any are left
  ///   out
  public record Counts(
      long scored,
      long unscored,
      Map<String, Long> bad,
      long anomalous,
      long alerts,
      Map<String, Long> alertsBySeverity,
      Map<String, Long> suppressed) {}

  /// Scores from `from` (inclusive) to `to` (exclusive); eight buckets to a doubling.
  public record ScoreBucket(double from, double to, long count) {}

  /// The scores' course in steps of equal width, at most 600 of them.
  ///
  /// @param width in milliseconds
  /// @param buckets ascending; those without events are left out
  public record OverTime(long width, List<TimeBucket> buckets) {}

  /// A step in time.
  ///
  /// @param start inclusive; the end is `start + width`, exclusive
  /// @param events with a score
  /// @param median of their scores, within 20 %
  /// @param p99 the score that one in a hundred is above, within 20 %
  /// @param max exact
  /// @param anomalous events above the threshold
  /// @param alerts given at events of this step
  public record TimeBucket(
      long start, long events, double median, double p99, float max, long anomalous, long alerts) {}

  /// An hour of the day, 0 to 23.
  public record HourCount(int hour, long events, long anomalous, long alerts) {}

  /// A day.
  ///
  /// @param day such as 2026-01-31
  public record DayCount(String day, long events, long anomalous, long alerts) {}

  /// A key.
  ///
  /// @param key as text, or `0x` and hex where it is none; null for events without a key
  /// @param highest score of its alerts
  public record KeyCount(String key, long alerts, float highest) {}

  /// A feature's part in the alerts.
  ///
  /// @param share of all contributions that the alerts name, 0 to 1
  /// @param alerts that name it
  /// @param first alerts that name it first
  public record FeatureShare(String name, double share, long alerts, long first) {}

  /// An alert in short; the whole is in `alerts.jsonl`, under the same coordinates.
  ///
  /// @param key as in [KeyCount]
  public record AlertSample(
      String topic,
      int partition,
      long offset,
      long time,
      String key,
      float score,
      double threshold,
      double rarity,
      String severity,
      String sentence,
      List<FeatureSample> features) {}

  /// A feature of an alert.
  ///
  /// @param actual as people read it; null if missing
  /// @param expected as people read it
  public record FeatureSample(String name, String actual, String expected, float contribution) {}

  /// What the range would have given by a threshold: the same numbers as a replay with it alone.
  ///
  /// @param policy as asked
  /// @param value the threshold; of events of no segment, where there are several
  /// @param anomalous events with a score above it
  /// @param alerts that come of them
  /// @param incidents that began; 0 where anomalies are not collapsed
  /// @param anomalousPerDay null if all events have the same timestamp
  /// @param alertsPerDay null if all events have the same timestamp
  /// @param suppressed anomalous events without an alert
  /// @param labelled agreement with the labels; null without
  public record SweepRow(
      String policy,
      double value,
      long anomalous,
      long alerts,
      long incidents,
      Double anomalousPerDay,
      Double alertsPerDay,
      long suppressed,
      Agreement labelled) {}

  /// How anomalous events agree with labels. What divides by zero is null.
  ///
  /// @param truePositives labelled events above the threshold
  /// @param falsePositives events above it that are known to be normal
  /// @param falseNegatives labelled events with a score that is not above it
  /// @param segmentsCaught of [Labels#segments()], those with at least one event above it
  public record Agreement(
      long truePositives,
      long falsePositives,
      long falseNegatives,
      Double precision,
      Double recall,
      Double f1,
      long segmentsCaught) {}

  /// What was known of the events.
  ///
  /// @param source the file or field
  /// @param events labelled anomalous, in the range
  /// @param unscored those of them without a score of the first model
  /// @param segments runs of labelled events that follow one another within a key of a partition
  public record Labels(String source, long events, long unscored, long segments) {}

  /// Two models, A the first and B the second, on the events that both scored.
  ///
  /// @param events that both scored
  /// @param anomalous events above the threshold of A, of B, of both
  /// @param alerts events at which A, B or both gave an alert
  /// @param days the same alerts by day, ascending; bounded as [Model#days()]
  /// @param rankCorrelation Spearman's, ties with mean ranks; null if either score is constant
  /// @param rankedEvents how many events it was taken from
  /// @param rankedAll whether these are all events; else a seeded sample
  /// @param severities how often A's severity (row) met B's (column): NONE, then every severity
  /// @param severityNames the names of rows and columns
  /// @param scatter scores of some events, for drawing; at most [#SCATTER_MAX]
  /// @param highestOnlyA of A's alerts where B gave none, at most [#ONLY_MAX]
  /// @param highestOnlyB the reverse
  public record Comparison(
      long events,
      Overlap anomalous,
      Overlap alerts,
      List<DayOverlap> days,
      Double rankCorrelation,
      long rankedEvents,
      boolean rankedAll,
      List<List<Long>> severities,
      List<String> severityNames,
      List<ScorePair> scatter,
      List<Disagreement> highestOnlyA,
      List<Disagreement> highestOnlyB) {
    /// Most events that are drawn.
    public static final int SCATTER_MAX = 2_000;

    /// Most alerts of one model alone that are listed.
    public static final int ONLY_MAX = 20;
  }

  /// How often both, how often one alone.
  public record Overlap(long both, long onlyA, long onlyB) {}

  /// The same of one day.
  ///
  /// @param day such as 2026-01-31
  public record DayOverlap(String day, long both, long onlyA, long onlyB) {}

  /// Both scores of one event.
  public record ScorePair(float a, float b) {}

  /// An event at which only one model gave an alert.
  public record Disagreement(
      String topic, int partition, long offset, long time, String key, float a, float b) {}
}
