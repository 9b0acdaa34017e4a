package io.weir.trainer.config;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.trainer.config.Shape.Hidden;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Activation.HardSigmoid;
import io.weir.trainer.engine.layer.Activation.LeakyRelu;
import io.weir.trainer.engine.layer.Activation.Relu;
import io.weir.trainer.engine.layer.Activation.Sigmoid;
import io.weir.trainer.engine.layer.Activation.Softmax;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import io.weir.trainer.engine.network.Prior;
import io.weir.trainer.fit.Criterion;
import io.weir.trainer.fit.EarlyStopping;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Objective.Classification;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import java.util.List;
import java.util.Optional;

/// The models of ML4Anomalies: 14 features of proton collisions, min-max scaled, the output
/// activation unbounded because other data leave [0, 1]; Adam at 5e-4.
final class Ml4AnomaliesRecipes {
  /// Keras' slope.
  private static final Activation LEAKY_RELU = new LeakyRelu(0.3f);

  private static final double LEARNING_RATE = 5e-4;

  private Ml4AnomaliesRecipes() {}

  static Recipe extended() {
    return recipe(leaky(Layout.EXTENDED, "20,10,7", "3"), mse(1e-6), 32, 50);
  }

  static Recipe wide(String h, String latent) {
    return recipe(leaky(Layout.AS_WIDE_AS_DATA, "2o," + h, latent), mse(1e-6), 32, 100);
  }

  static Recipe wideMean() {
    Recipe wide = wide("7", "4");
    Selection mean = new Selection(Criterion.LOSS, Optional.empty(), true);
    return wide.withSchedule(wide.schedule().withSelection(mean));
  }

  static Recipe wideWeighted() {
    return wide("7", "6").withSchedule(Schedule.keras(LEARNING_RATE, 16, 200));
  }

  static Recipe model3() {
    Shape shape =
        Shape.vae(Layout.LATENT_THEN_MIRRORED, "128,64,32", "4", LEAKY_RELU)
            .withInitializer(Initializer.HE_NORMAL);
    return recipe(shape, mse(1e-8), 32, 50);
  }

  static Recipe model3Sigmoid() {
    Recipe model3 = model3();
    return model3.withShape(model3.shape().withOutputActivation(new Sigmoid()));
  }

  static Recipe normalisedAutoencoder() {
    Shape shape =
        Shape.vae(Layout.MIRRORED, "2o,o", "o", LEAKY_RELU)
            .withKind(NetworkKind.AUTOENCODER)
            .withHidden(new Hidden(0.2, true, LEAKY_RELU));
    return recipe(shape, mse(0), 16, 20).withSchedule(Schedule.keras(1e-3, 16, 20));
  }

  static Recipe normalised() {
    int batch = 32;
    return recipe(normalisedShape(), loss(10_000, batch, Reduction.SUM, false), batch, 100);
  }

  static Recipe normalisedWeighted() {
    return recipe(normalisedShape(), loss(10_000, 1, Reduction.MEAN, true), 32, 20);
  }

  private static Shape normalisedShape() {
    return leaky(Layout.LINEAR_THEN_WIDE, "2o,o/2", "4")
        .withHidden(new Hidden(0, true, LEAKY_RELU));
  }

  static Recipe classifier(Classifier.Input input) {
    Head head = new Head(input, List.of(10), new Relu(), new HardSigmoid(), false);
    Shape shape = leaky(Layout.EXTENDED, "20,10,7", "7").withHead(Optional.of(head));
    return recipe(shape, classified(0.01, 1e-8, new Classification(1, false)), 64, 80);
  }

  static Recipe twoStreams() {
    Head head =
        new Head(Classifier.Input.LOSSES, List.of(50), new Softmax(), new HardSigmoid(), false);
    Shape shape = leaky(Layout.EXTENDED, "100,50,7", "3").withHead(Optional.of(head));
    Selection bestAuc = new Selection(Criterion.AUC, Optional.of(new EarlyStopping(20, 0)), false);
    Schedule schedule = Schedule.keras(LEARNING_RATE, 128, 200).withSelection(bestAuc);
    return new Recipe(
        shape, classified(1, 1e-6, new Classification(10, true)), schedule, Scaling.MIN_MAX);
  }

  private static Shape leaky(Layout layout, String layers, String latent) {
    return Shape.vae(layout, layers, latent, LEAKY_RELU).withOutputActivation(LEAKY_RELU);
  }

  private static Recipe recipe(Shape shape, Objective objective, int batch, int epochs) {
    return new Recipe(
        shape, objective, Schedule.keras(LEARNING_RATE, batch, epochs), Scaling.MIN_MAX);
  }

  /// Both losses means over a row's columns.
  private static Objective mse(double beta) {
    return loss(1, beta, Reduction.MEAN, false);
  }

  private static Objective loss(
      double reconstructionWeight, double beta, Reduction klReduction, boolean klWeighted) {
    return new Objective(
        Reconstruction.MSE,
        Reduction.MEAN,
        reconstructionWeight,
        beta,
        klReduction,
        klWeighted,
        Prior.STANDARD,
        1,
        Optional.empty());
  }

  private static Objective classified(
      double reconstructionWeight, double beta, Classification classification) {
    return new Objective(
        Reconstruction.MSE,
        Reduction.MEAN,
        reconstructionWeight,
        beta,
        Reduction.MEAN,
        false,
        Prior.STANDARD,
        1,
        Optional.of(classification));
  }
}
