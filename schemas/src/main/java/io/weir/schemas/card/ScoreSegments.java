package io.weir.schemas.card;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.features.FeatureSpec;
import java.util.List;

/// The distributions of the score by the value of a field: what is usual for one kind of event need
/// not be for another.
///
/// @param by name of a category or flag among the features
/// @param rowsMin segments of fewer validation rows are thin: their events are judged by the
///   distribution of all rows
/// @param segments those that are not thin, in the order of the vocabulary, `false` before `true`
@JsonIgnoreProperties(ignoreUnknown = true)
public record ScoreSegments(String by, long rowsMin, List<Segment> segments) {
  public ScoreSegments {
    segments = List.copyOf(segments);
  }

  /// The values that a feature can divide events by, in the order of its raw numbers from 0; none
  /// where it is no category and no flag.
  public static List<String> valuesOf(FeatureSpec feature) {
    return switch (feature) {
      case FeatureSpec.Category category -> category.vocabulary();
      case FeatureSpec.Flag _ -> List.of("false", "true");
      case FeatureSpec.Numeric _, FeatureSpec.CyclicTime _ -> List.of();
    };
  }

  /// One segment.
  ///
  /// @param value the word of the category, `true` or `false`
  /// @param scores of its validation rows
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Segment(String value, ScoreDistribution scores) {}
}
