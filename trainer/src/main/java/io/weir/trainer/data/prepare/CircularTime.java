package io.weir.trainer.data.prepare;

import io.weir.schemas.features.Cycle;

/// A position within a cycle as a point on a circle, moved into [0, 1] like min-max scaled numbers.
final class CircularTime {
  private CircularTime() {}

  /// Writes `0.5 + 0.5 sin` and `0.5 + 0.5 cos` of the angle of `seconds`.
  static void encode(Cycle cycle, float seconds, float[] inputs, int offset) {
    float angle = seconds * (float) (2 * Math.PI / cycle.seconds());
    inputs[offset] = 0.5f + 0.5f * (float) Math.sin(angle);
    inputs[offset + 1] = 0.5f + 0.5f * (float) Math.cos(angle);
  }

  /// The seconds in [0, period) of two reconstructed values; the centre of the circle gives 0.
  static float decode(Cycle cycle, float sine, float cosine) {
    float angle = (float) Math.atan2(2f * sine - 1f, 2f * cosine - 1f);
    return wrap(cycle, angle * (float) (cycle.seconds() / (2 * Math.PI)));
  }

  /// The circular mean (Mardia and Jupp, 2000) of the values that are not NaN, in seconds in [0,
  /// period); 0 where there is no direction, as of no values.
  static float mean(Cycle cycle, float[] seconds) {
    double radians = 2 * Math.PI / cycle.seconds();
    double sine = 0;
    double cosine = 0;
    for (float value : seconds) {
      sine += Math.sin(value * radians);
      cosine += Math.cos(value * radians);
    }
    // Opposite directions cancel up to rounding errors.
    if (Math.hypot(sine, cosine) <= 1e-9 * seconds.length) {
      return 0f;
    }
    return wrap(cycle, (float) (Math.atan2(sine, cosine) / radians));
  }

  private static float wrap(Cycle cycle, float seconds) {
    float period = cycle.seconds();
    float turned = seconds < 0 ? seconds + period : seconds;
    return turned >= period ? 0f : turned;
  }
}
