package io.weir.detector.shap;

import io.weir.detector.Explainer;
import io.weir.schemas.card.FeaturePreprocessing;
import io.weir.schemas.features.FeatureSpec;

/// What the model expects of one value of rows, as a number that can be shared out:
///
/// | feature | number | of the event itself |
/// |---|---|---|
/// | number, flag | the expected value | its value; where missing, what stands in for it |
/// | category | 1 where the event's own word is expected, else 0 | 1 |
/// | cyclic time | seconds from the event's own time to the expected one, the short way | 0 |
///
/// @param place of the value in a row
/// @param actual the event's own value, raw; none is missing
final class ExpectedFunction implements RowFunction {
  private final Explainer explainer;
  private final FeatureSpec feature;
  private final int place;
  private final float actual;

  ExpectedFunction(
      Explainer explainer,
      FeatureSpec feature,
      FeaturePreprocessing preprocessing,
      int place,
      float raw) {
    this.explainer = explainer;
    this.feature = feature;
    this.place = place;
    this.actual = Float.isNaN(raw) ? preprocessing.fill() : raw;
  }

  /// The number that the event itself has.
  double actual() {
    return number(actual);
  }

  @Override
  public int maxRows() {
    return explainer.maxBatch();
  }

  @Override
  public float[] rows() {
    return explainer.features();
  }

  @Override
  public void compute(int count) {
    explainer.explainRows(count);
  }

  @Override
  public double value(int row) {
    return number(explainer.expected(row, place));
  }

  /// The number of an expected value.
  double number(float expected) {
    return switch (feature) {
      case FeatureSpec.Numeric _, FeatureSpec.Flag _ -> expected;
      case FeatureSpec.Category category ->
          word(category, expected) == word(category, actual) ? 1 : 0;
      case FeatureSpec.CyclicTime time -> {
        double period = time.cycle().seconds();
        double ahead = ((double) expected - actual) % period;
        yield ahead > period / 2 ? ahead - period : ahead < -period / 2 ? ahead + period : ahead;
      }
    };
  }

  /// Everything outside of the vocabulary is one word.
  private static int word(FeatureSpec.Category category, float value) {
    int index = (int) value;
    return index == value && index >= 0 && index < category.unknownIndex()
        ? index
        : category.unknownIndex();
  }
}
