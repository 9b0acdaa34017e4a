package io.weir.trainer.data.prepare;

import io.weir.schemas.card.FeaturePreprocessing.Transform;

/// The transforms, in double precision and rounded once, and their inverses in float32: as the ONNX
/// graph does it. Scaling a narrow range would blow up the rounding of a float32 logarithm.
final class NumberTransform {
  /// `log10(x) = ln(x) * LOG10_E`: ONNX knows the natural logarithm only.
  private static final double LOG10_E = 1 / Math.log(10);

  /// 10^38 and e^88 are the largest whole powers that float32 holds.
  private static final float LARGEST_LOG10 = 38f;

  private static final float LARGEST_LOG = 88f;

  /// How far below the smallest training value a value may fall before it is clamped, as a factor:
  /// three decades, so that it still stands out and the logarithm stays finite.
  private static final double BELOW_SMALLEST = 1e-3;

  private NumberTransform() {}

  static float apply(Transform transform, float floor, float value) {
    return switch (transform) {
      case NONE -> value;
      case LOG10 -> (float) (Math.log(Math.max(value, floor)) * LOG10_E);
      case LOG1P -> (float) Math.log(Math.max(value, floor) + 1.0);
    };
  }

  static float invert(Transform transform, float value) {
    return switch (transform) {
      case NONE -> value;
      case LOG10 -> (float) Math.pow(10, Math.min(value, LARGEST_LOG10));
      case LOG1P -> (float) Math.exp(Math.min(value, LARGEST_LOG)) - 1f;
    };
  }

  /// The floor for a column whose smallest value is `smallest`, which must lie in the transform's
  /// domain: above 0 for `LOG10`, above -1 for `LOG1P`.
  static float floorFor(Transform transform, float smallest) {
    return switch (transform) {
      case NONE -> 0f;
      case LOG10 -> Math.max((float) (smallest * BELOW_SMALLEST), Float.MIN_NORMAL);
      case LOG1P -> Math.max((float) ((smallest + 1.0) * BELOW_SMALLEST - 1), Math.nextUp(-1f));
    };
  }

  /// Whether the transform is defined for a value.
  static boolean accepts(Transform transform, float value) {
    return switch (transform) {
      case NONE -> true;
      case LOG10 -> value > 0;
      case LOG1P -> value > -1;
    };
  }
}
