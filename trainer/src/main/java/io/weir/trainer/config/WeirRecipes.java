package io.weir.trainer.config;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.trainer.config.Recurrence.Decoder;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import java.util.List;
import java.util.Optional;

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

  static Recipe lstm() {
    return new Recipe(
        Shape.vae(Layout.DECODER_ONLY, "", "8", new Activation.Tanh())
            .withRecurrence(Optional.of(new Recurrence(List.of(64), Decoder.LSTM, 0))),
        new Objective(Reconstruction.MSE, Reduction.SUM, 0.3, Reduction.SUM),
        Schedule.keras(1e-3, 64, 50),
        Scaling.STANDARD);
  }
}
