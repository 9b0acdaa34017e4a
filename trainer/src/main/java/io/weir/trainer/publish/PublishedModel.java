package io.weir.trainer.publish;

import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.schemas.card.ModelCard;
import io.weir.trainer.config.Schedule;
import io.weir.trainer.config.Selection;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.Criterion;
import io.weir.trainer.fit.EarlyStopping;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import io.weir.trainer.onnx.WeightsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A model file read back, so that its training can go on.
///
/// @param sha256 of the file
/// @param parameters the very weights that were published, in the order of [NetworkSpec#layers()]
/// @param objective the loss it was trained with
/// @param schedule likewise
public record PublishedModel(
    ModelCard card,
    String sha256,
    Preprocessor preprocessor,
    NetworkSpec network,
    List<LayerParameters> parameters,
    Objective objective,
    Schedule schedule) {
  private static final double KERAS_EPSILON = 1e-7;

  public PublishedModel {
    parameters = List.copyOf(parameters);
  }

  /// Reads a model file, whose golden vectors must reproduce here.
  ///
  /// @throws DetectorRefusedException when it is no model file, or is damaged
  /// @throws NotContinuableException when Weir's trainer did not write it
  public static PublishedModel read(Path file) throws IOException, DetectorRefusedException {
    ModelCard card;
    String sha256;
    try (Detector detector = Detector.open(file)) {
      card = detector.card();
      sha256 = detector.sha256();
    }
    try {
      NetworkSpec network = CardNetwork.network(card.architecture());
      return new PublishedModel(
          card,
          sha256,
          new Preprocessor(card.features(), card.preprocessing()),
          network,
          WeightsReader.read(Files.readAllBytes(file), network),
          CardNetwork.objective(card),
          schedule(card.training()));
    } catch (IllegalArgumentException e) {
      throw new NotContinuableException(file, e);
    }
  }

  private static Schedule schedule(ModelCard.Training training) {
    Adam adam =
        new Adam(
            training.learningRate(),
            0.9,
            0.999,
            training.epsilon() == null ? KERAS_EPSILON : training.epsilon());
    Selection selection =
        new Selection(
            CardNetwork.choice(Criterion.class, training.criterion()),
            Optional.ofNullable(training.patience()).map(n -> new EarlyStopping(n, 0)),
            training.decodesMean());
    return new Schedule(adam, training.batch(), training.epochs(), selection);
  }
}
