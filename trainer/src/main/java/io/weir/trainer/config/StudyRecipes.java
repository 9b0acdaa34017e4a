package io.weir.trainer.config;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.trainer.config.Recurrence.Decoder;
import io.weir.trainer.engine.layer.Activation.Relu;
import io.weir.trainer.engine.layer.Activation.Sigmoid;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.network.Prior;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import java.util.List;
import java.util.Optional;

/// Models of images, with outputs in [0, 1]: the dynamic AE / VAE / beta-VAE, written in PyTorch,
/// Keras' example, and the LSTM-encoder VAE.
final class StudyRecipes {
  private StudyRecipes() {}

  /// The mean cross-entropy over all outputs.
  static Recipe autoencoder() {
    return new Recipe(
        dynamic().withKind(NetworkKind.AUTOENCODER),
        new Objective(Reconstruction.BCE, Reduction.MEAN, 0, Reduction.SUM),
        Schedule.pytorch(1e-3, 100, 200),
        Scaling.MIN_MAX);
  }

  static Recipe vae() {
    return new Recipe(
        dynamic(),
        crossEntropy(1, Prior.STANDARD),
        Schedule.pytorch(1e-3, 100, 200),
        Scaling.MIN_MAX);
  }

  static Recipe betaVae() {
    return new Recipe(
        dynamic(),
        crossEntropy(1.5, Prior.STANDARD),
        Schedule.pytorch(1e-3, 64, 200),
        Scaling.MIN_MAX);
  }

  static Recipe prior() {
    return vae().withObjective(crossEntropy(1, new Prior(List.of(1.0), List.of(1.0))));
  }

  static Recipe mnist() {
    return new Recipe(
        Shape.vae(Layout.MIRRORED, "512", "2", new Relu()).withOutputActivation(new Sigmoid()),
        crossEntropy(1, Prior.STANDARD),
        Schedule.keras(1e-3, 128, 50),
        Scaling.MIN_MAX);
  }

  /// An LSTM reads the 28 rows of an image.
  static Recipe lstmImages() {
    return new Recipe(
        Shape.vae(Layout.DECODER_ONLY, "256", "16", new Relu())
            .withOutputActivation(new Sigmoid())
            .withRecurrence(Optional.of(new Recurrence(List.of(256), Decoder.DENSE, 28))),
        crossEntropy(1, Prior.STANDARD),
        Schedule.keras(1e-3, 256, 30),
        Scaling.MIN_MAX);
  }

  /// Two layers from the inputs to a latent of two columns.
  private static Shape dynamic() {
    return Shape.vae(Layout.MIRRORED, "", "2", new Relu())
        .withWidths(new Widths.Falling(2))
        .withOutputActivation(new Sigmoid())
        .withInitializer(Initializer.FAN_IN_UNIFORM);
  }

  /// Cross-entropy summed over the outputs + beta times the KL divergence summed over the latents.
  private static Objective crossEntropy(double beta, Prior prior) {
    return new Objective(
        Reconstruction.BCE,
        Reduction.SUM,
        1,
        beta,
        Reduction.SUM,
        false,
        prior,
        1,
        Optional.empty());
  }
}
