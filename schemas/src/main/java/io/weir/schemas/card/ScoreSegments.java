package io.weir.schemas.card;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.weir.schemas.card.ModelCard.ScoreDistribution;
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

  /// One segment.
  ///
  /// @param value the word of the category, `true` or `false`
  /// @param scores of its validation rows
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Segment(String value, ScoreDistribution scores) {}
}
