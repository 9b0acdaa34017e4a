package io.weir.streams.judge;

import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.Threshold;
import io.weir.schemas.card.ResolvedThreshold;
import io.weir.schemas.card.ScoreSegments;
import io.weir.schemas.card.ScoreSegments.Segment;
import io.weir.schemas.card.ThresholdPolicy;
import io.weir.schemas.card.Thresholds;
import io.weir.schemas.card.UnresolvableThresholdException;
import io.weir.schemas.features.FeatureSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Decides which scores are anomalous, and how rare they are. Immutable.
///
/// Where the card has segments, an event is judged by the distribution of its own: the threshold
/// that the policy gives there, and how rare the score is among its kind. Events of all other
/// values, and of segments that the policy cannot be applied to, are judged as [#ALL] are.
public final class Judge {
  /// The segment of all events that have no other.
  public static final int ALL = 0;

  private final int column;
  private final int[] segmentOf;
  private final List<Verdicts> segments;
  private final List<String> notes;

  /// @param column within a row, of the value that makes the segment; negative without segments
  /// @param segmentOf the segment of each raw value
  private Judge(int column, int[] segmentOf, List<Verdicts> segments, List<String> notes) {
    this.column = column;
    this.segmentOf = segmentOf;
    this.segments = List.copyOf(segments);
    this.notes = List.copyOf(notes);
  }

  /// Applies a policy to a model, with the card's number of events per day.
  ///
  /// @throws UnresolvableThresholdException if the card does not have what the policy needs
  public static Judge of(ThresholdPolicy policy, ModelCard card)
      throws UnresolvableThresholdException {
    return of(policy, card, OptionalDouble.empty());
  }

  /// Applies a policy to a model.
  ///
  /// @param eventsPerDay if empty, the card's
  /// @throws UnresolvableThresholdException if the card does not have what the policy needs
  public static Judge of(ThresholdPolicy policy, ModelCard card, OptionalDouble eventsPerDay)
      throws UnresolvableThresholdException {
    Thresholds all = Thresholds.of(card, eventsPerDay);
    ResolvedThreshold whole = all.resolve(policy);
    List<Verdicts> segments = new ArrayList<>();
    segments.add(Verdicts.of(null, whole.threshold(), card.scores()));
    List<String> notes = new ArrayList<>(whole.note().stream().toList());
    ScoreSegments by = card.segments();
    if (by == null) {
      return new Judge(-1, new int[0], segments, notes);
    }
    int feature = feature(card, by.by());
    List<String> values = ScoreSegments.valuesOf(card.features().get(feature));
    int[] segmentOf = new int[values.size()];
    for (Segment segment : by.segments()) {
      String name = "%s %s: ".formatted(by.by(), segment.value());
      Thresholds own = new Thresholds(segment.scores(), all.chosen(), all.eventsPerDay());
      try {
        ResolvedThreshold threshold = own.resolve(policy.within(whole.threshold()));
        threshold.note().ifPresent(note -> notes.add(name + note));
        segmentOf[values.indexOf(segment.value())] = segments.size();
        segments.add(Verdicts.of(segment.value(), threshold.threshold(), segment.scores()));
      } catch (UnresolvableThresholdException e) {
        notes.add(name + "judged as all events are: " + e.getMessage());
      }
    }
    int newest = (card.steps() - 1) * card.features().size();
    return new Judge(newest + feature, segmentOf, segments, notes);
  }

  private static int feature(ModelCard card, String name) {
    return card.features().stream().map(FeatureSpec::name).toList().indexOf(name);
  }

  /// What there is to say about how the thresholds came about, a sentence each.
  public List<String> notes() {
    return notes;
  }

  /// How many segments there are, [#ALL] among them: they are 0 to this, exclusive.
  public int segments() {
    return segments.size();
  }

  /// The segment of an event; of a window, that of its newest event.
  ///
  /// @param rows raw values of many rows
  /// @param offset where the event's row begins
  public int segment(float[] rows, int offset) {
    if (column < 0) {
      return ALL;
    }
    float value = rows[offset + column];
    // A missing value, NaN, is in no range.
    return value >= 0 && value < segmentOf.length ? segmentOf[(int) value] : ALL;
  }

  /// The value of the field that makes the segment, null for [#ALL].
  public String segmentName(int segment) {
    return segments.get(segment).name();
  }

  /// Whether an event with this score is anomalous.
  public boolean isAnomalous(int segment, float score) {
    return score > segments.get(segment).threshold().value();
  }

  /// The threshold of a segment and the policy that chose it.
  public Threshold threshold(int segment) {
    return segments.get(segment).threshold();
  }

  /// One in how many normal events of the segment scores at least this much; 1, which says nothing,
  /// if the card has no distribution.
  public double rarity(int segment, float score) {
    return segments.get(segment).rarity(score);
  }

  /// How much an alert with this score matters.
  public Severity severity(int segment, float score) {
    return Severity.of(rarity(segment, score));
  }
}
