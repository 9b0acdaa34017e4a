package io.weir.trainer.config;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;

/// Weir's own presets.
final class WeirRecipes {
  private WeirRecipes() {}

  static Recipe dense() {
    Activation tanh = new Activation.Tanh();
    Shape.Hidden hidden = new Shape.Hidden(0.2, false, tanh);
    return new Recipe(
        Shape.vae(Layout.MIRRORED, "64,32", "16", tanh).withHidden(hidden),
        new Objective(Reconstruction.MSE, Reduction.SUM, 0.3, Reduction.SUM),
        Schedule.keras(1e-3, 32, 100),
        Scaling.STANDARD);
  }
}
