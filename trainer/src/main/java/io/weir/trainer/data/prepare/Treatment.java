package io.weir.trainer.data.prepare;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.trainer.data.ask.ValueRange;
import java.util.Objects;

/// What was asked for one feature before its statistics are known. Only numbers are treated: flags,
/// categories and cyclic times have one encoding each and are always [#NONE].
///
/// @param range between which values min-max scaling goes; null for the smallest and the largest of
///   the rows
public record Treatment(Transform transform, Scaling scaling, ValueRange range) {
  /// Neither transformed nor scaled.
  public static final Treatment NONE = new Treatment(Transform.NONE, Scaling.NONE);

  public Treatment {
    Objects.requireNonNull(transform, "transform");
    Objects.requireNonNull(scaling, "scaling");
  }

  /// Scaled by what the rows hold.
  public Treatment(Transform transform, Scaling scaling) {
    this(transform, scaling, null);
  }
}
