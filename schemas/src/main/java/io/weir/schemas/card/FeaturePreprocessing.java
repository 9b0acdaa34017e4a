package io.weir.schemas.card;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Objects;

/// How the graph turns one raw feature into network inputs, and its reconstruction back.
///
/// For numbers and flags: `input = (transform(max(fill(raw), floor)) - shift) * factor`. A category
/// becomes a one-hot vector of its vocabulary plus one unknown slot; a cyclic time becomes `0.5 +
/// 0.5 sin` and `0.5 + 0.5 cos` of its angle. Both ignore everything but [#fill()].
///
/// @param feature the feature's name
/// @param fill the raw value that stands in for a missing one
/// @param transform applied before scaling
/// @param floor the smallest raw value that `transform` is given; ignored by `NONE`
/// @param scaling how `shift` and `factor` were chosen
/// @param shift subtracted after the transform
/// @param factor multiplied after the shift, never 0
@JsonIgnoreProperties(ignoreUnknown = true)
public record FeaturePreprocessing(
    String feature,
    float fill,
    Transform transform,
    float floor,
    Scaling scaling,
    float shift,
    float factor) {
  public FeaturePreprocessing {
    Objects.requireNonNull(feature, "feature");
    Objects.requireNonNull(transform, "transform");
    Objects.requireNonNull(scaling, "scaling");
  }

  /// A monotone function that tames long tails.
  public enum Transform {
    NONE,
    LOG10,
    LOG1P
  }

  /// The statistics behind `shift` and `factor`.
  public enum Scaling {
    /// Left in its own unit.
    NONE,
    /// Minimum to 0, maximum to 1.
    MIN_MAX,
    /// Mean to 0, population standard deviation to 1.
    STANDARD,
    /// Median to 0, interquartile range to 1.
    ROBUST
  }
}
