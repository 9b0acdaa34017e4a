package io.weir.trainer.measure;

import io.weir.schemas.card.ScoreSegments;
import io.weir.schemas.card.ScoreSegments.Segment;
import io.weir.schemas.features.FeatureSpec;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.bulk.RowValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// What divides scores into segments.
///
/// @param by name of a category or flag among the features; a window belongs to the value of its
///   newest event
/// @param rowsMin segments of fewer rows are thin: the card does not have them
public record SegmentRule(String by, long rowsMin) {
  /// Where nothing else is said: the fewest rows that a tail is fitted to.
  public static final long ROWS_MIN = TailFit.ROWS_MIN;

  private static final int CHUNK = 1_024;

  /// @throws DataException where there is no such category or flag
  public void requireAmong(List<FeatureSpec> features) {
    if (values(features).isEmpty()) {
      List<String> usable =
          features.stream()
              .filter(feature -> !ScoreSegments.valuesOf(feature).isEmpty())
              .map(FeatureSpec::name)
              .toList();
      throw new DataException(
          "--segment-by %s: there is no category and no flag of that name among the features; %s"
              .formatted(
                  by,
                  usable.isEmpty()
                      ? "there is none at all"
                      : "there are " + String.join(", ", usable)));
    }
  }

  private List<String> values(List<FeatureSpec> features) {
    return features.stream()
        .filter(feature -> feature.name().equals(by))
        .findFirst()
        .map(ScoreSegments::valuesOf)
        .orElse(List.of());
  }

  /// The distributions of the segments that are not thin.
  ///
  /// @param scores [rows]
  /// @param rows [rows x raw values] whose scores they are
  /// @param tell takes what became of each value
  public ScoreSegments segments(
      float[] scores, RowValues rows, List<FeatureSpec> features, Consumer<String> tell) {
    List<String> values = values(features);
    int[] segmentOf = segmentOf(rows, features, values.size());
    List<Segment> segments = new ArrayList<>();
    List<String> own = new ArrayList<>();
    List<String> pooled = new ArrayList<>();
    for (int value = 0; value < values.size(); value++) {
      float[] some = select(scores, segmentOf, value);
      String text = String.format(Locale.ROOT, "%s (%,d rows)", values.get(value), some.length);
      if (some.length > 0 && some.length >= rowsMin) {
        segments.add(new Segment(values.get(value), ScoreSample.of(some).distribution()));
        own.add(text);
      } else {
        pooled.add(text);
      }
    }
    tell.accept(
        "Segments by %s: %s%s"
            .formatted(
                by,
                own.isEmpty() ? "none has enough validation rows" : String.join(", ", own),
                pooled.isEmpty() ? "" : "; judged as all rows are: " + String.join(", ", pooled)));
    return new ScoreSegments(by, rowsMin, segments);
  }

  /// The value of each row, -1 for a missing one and for a word outside the vocabulary.
  private int[] segmentOf(RowValues rows, List<FeatureSpec> features, int values) {
    int feature = features.stream().map(FeatureSpec::name).toList().indexOf(by);
    int newest = rows.columns() - features.size() + feature;
    int[] segmentOf = new int[rows.rows()];
    float[] chunk = new float[Math.min(CHUNK, rows.rows()) * rows.columns()];
    for (int from = 0; from < segmentOf.length; from += CHUNK) {
      int count = Math.min(CHUNK, segmentOf.length - from);
      rows.read(from, count, chunk, 0);
      for (int row = 0; row < count; row++) {
        float value = chunk[row * rows.columns() + newest];
        segmentOf[from + row] = value >= 0 && value < values ? (int) value : -1;
      }
    }
    return segmentOf;
  }

  private static float[] select(float[] scores, int[] segmentOf, int value) {
    int[] rows = IntStream.range(0, scores.length).filter(row -> segmentOf[row] == value).toArray();
    float[] some = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      some[i] = scores[rows[i]];
    }
    return some;
  }
}
