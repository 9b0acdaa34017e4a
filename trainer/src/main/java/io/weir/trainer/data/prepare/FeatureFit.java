package io.weir.trainer.data.prepare;

import io.weir.schemas.card.FeaturePreprocessing;
import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import java.util.Arrays;

/// Chooses fill, floor, shift and factor of one feature from its training values.
/// - Fill: the median of a number, the more frequent value of a flag (0 on a tie), the unknown slot
///   of a category, the circular mean of a time.
/// - Floor: three decades below the smallest training value (of `1 + x` for `LOG1P`).
/// - Shift and factor: minimum and range (of the rows, or as stated), mean and population standard
///   deviation, or median and interquartile range, all of the transformed values that are present.
///   Where the interquartile range is 0 although the values differ, the standard deviation takes
///   its place; a width of 0 gives factor 1.
///
/// Sums run in double precision and in row order, so the result depends on the rows alone.
final class FeatureFit {
  private FeatureFit() {}

  /// @param present the values that are not missing, in row order; may be empty
  static FeaturePreprocessing fit(FeatureSpec feature, Treatment treatment, float[] present) {
    return switch (feature) {
      case Numeric number -> fitNumber(number, treatment, present);
      case Flag _ -> unscaled(feature, majority(present));
      case Category category -> unscaled(feature, category.unknownIndex());
      case CyclicTime time -> unscaled(feature, CircularTime.mean(time.cycle(), present));
    };
  }

  private static FeaturePreprocessing unscaled(FeatureSpec feature, float fill) {
    return new FeaturePreprocessing(feature.name(), fill, Transform.NONE, 0f, Scaling.NONE, 0f, 1f);
  }

  private static float majority(float[] flags) {
    int ones = 0;
    for (float flag : flags) {
      ones += flag == 0 ? 0 : 1;
    }
    return 2L * ones > flags.length ? 1f : 0f;
  }

  private static FeaturePreprocessing fitNumber(
      Numeric feature, Treatment treatment, float[] present) {
    Transform transform = treatment.transform();
    float[] sorted = present.clone();
    Arrays.sort(sorted);
    float smallest = sorted.length == 0 ? 1f : sorted[0];
    if (!NumberTransform.accepts(transform, smallest)) {
      throw new IllegalArgumentException(
          "%s of %s: the value %s is outside its domain"
              .formatted(transform, feature.name(), smallest));
    }
    float floor = NumberTransform.floorFor(transform, smallest);
    float fill = present.length == 0 ? 0f : (float) EmpiricalQuantile.of(sorted, 0.5);
    float[] transformed = present.clone();
    for (int i = 0; i < present.length; i++) {
      transformed[i] = NumberTransform.apply(transform, floor, present[i]);
      // The transforms are monotone: the sorted values stay sorted.
      sorted[i] = NumberTransform.apply(transform, floor, sorted[i]);
    }
    double shift = 0;
    double width = 1;
    if (present.length > 0) {
      switch (treatment.scaling()) {
        case NONE -> {}
        case MIN_MAX -> {
          float from = sorted[0];
          float to = sorted[sorted.length - 1];
          if (treatment.range() != null) {
            from = NumberTransform.apply(transform, floor, treatment.range().from());
            to = NumberTransform.apply(transform, floor, treatment.range().to());
          }
          shift = from;
          width = (double) to - from;
        }
        case STANDARD -> {
          shift = mean(transformed);
          width = deviation(transformed, shift);
        }
        case ROBUST -> {
          shift = EmpiricalQuantile.of(sorted, 0.5);
          width = EmpiricalQuantile.of(sorted, 0.75) - EmpiricalQuantile.of(sorted, 0.25);
          width = width > 0 ? width : deviation(transformed, mean(transformed));
        }
      }
    }
    return new FeaturePreprocessing(
        feature.name(), fill, transform, floor, treatment.scaling(), (float) shift, factor(width));
  }

  private static float factor(double width) {
    float factor = (float) (1 / width);
    return width > 0 && Float.isFinite(factor) ? factor : 1f;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(float[] values, double mean) {
    double squares = 0;
    for (float value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }
}
