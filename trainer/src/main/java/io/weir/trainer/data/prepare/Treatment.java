package io.weir.trainer.data.prepare;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import java.util.Objects;

/// What was asked for one feature before its statistics are known. Only numbers are treated: flags,
/// categories and cyclic times have one encoding each and are always [#NONE].
public record Treatment(Transform transform, Scaling scaling) {
  /// Neither transformed nor scaled.
  public static final Treatment NONE = new Treatment(Transform.NONE, Scaling.NONE);

  public Treatment {
    Objects.requireNonNull(transform, "transform");
    Objects.requireNonNull(scaling, "scaling");
  }
}
