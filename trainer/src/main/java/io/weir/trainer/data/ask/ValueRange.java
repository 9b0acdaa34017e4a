package io.weir.trainer.data.ask;

/// The smallest and the largest value that a column can have, known without looking at the rows.
///
/// @param from finite, below `to`
/// @param to finite
public record ValueRange(float from, float to) {
  /// The grey values of a pixel of one byte.
  public static final ValueRange BYTE = new ValueRange(0, 255);

  public ValueRange {
    if (!(from < to) || Float.isInfinite(from) || Float.isInfinite(to)) {
      throw new DataException(
          "A range from %s to %s: it must be finite, and the first below the second"
              .formatted(from, to));
    }
  }
}
