package io.weir.trainer.publish;

import io.weir.schemas.BuildInfo;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.Architecture;
import io.weir.schemas.card.ModelCard.Classifier;
import io.weir.schemas.card.ModelCard.GoldenVector;
import io.weir.schemas.card.ModelCard.Layer;
import io.weir.schemas.card.ModelCard.LossTerms;
import io.weir.schemas.card.ModelCard.Scoring;
import io.weir.schemas.card.ModelCard.Training;
import io.weir.trainer.config.ActivationNames;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.engine.network.NetworkSpec.Autoencoder;
import io.weir.trainer.engine.network.NetworkSpec.Classified;
import io.weir.trainer.engine.network.NetworkSpec.Vae;
import io.weir.trainer.fit.EarlyStopping;
import io.weir.trainer.fit.FitSettings;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Objective.Classification;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import io.weir.trainer.onnx.LayerNames;
import io.weir.trainer.onnx.TrainedDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes the model card. Whatever the detector itself tells is taken from it, so that card and
/// graph cannot contradict each other.
public final class CardWriter {
  private CardWriter() {}

  /// The card of a detector that is not judged yet: no distribution, thresholds or golden vectors.
  public static ModelCard draft(TrainedDetector detector, Provenance provenance) {
    return card(detector, provenance, null, List.of());
  }

  /// The complete card.
  static ModelCard complete(
      TrainedDetector detector,
      Provenance provenance,
      Judgement judgement,
      List<GoldenVector> golden) {
    return card(detector, provenance, judgement, golden);
  }

  /// The network as the card describes it.
  ///
  /// @param preset the preset it came from, or `custom`
  public static Architecture architecture(NetworkSpec network, String preset) {
    List<LayerSpec> specs = network.layers().toList();
    List<String> names = LayerNames.of(network);
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      layers.add(layer(names.get(i), specs.get(i)));
    }
    String kind =
        switch (network) {
          case Autoencoder _ -> "autoencoder";
          case Vae _ -> "vae";
          case Classified _ -> "vae_classifier";
        };
    return new Architecture(
        kind,
        preset,
        network.inputs(),
        network.latent(),
        network.parameters(),
        layers,
        network
            .classifier()
            .map(head -> new Classifier(word(head.input()), head.detach()))
            .orElse(null));
  }

  private static Layer layer(String name, LayerSpec layer) {
    long parameters = layer.parameters() + layer.trackedParameters();
    return switch (layer) {
      case LayerSpec.Dense(int inputs, int outputs, Activation activation, Initializer _) ->
          new Layer(name, "dense", inputs, outputs, ActivationNames.of(activation), parameters);
      case LayerSpec.BatchNorm(int columns, Activation activation, float momentum, float epsilon) ->
          new Layer(
              name,
              "batch_norm",
              columns,
              columns,
              ActivationNames.of(activation),
              parameters,
              null,
              momentum,
              epsilon);
      case LayerSpec.StepDense dense ->
          sequential(
              name,
              "step_dense",
              dense,
              ActivationNames.of(dense.activation()),
              dense.steps(),
              null);
      case LayerSpec.Lstm lstm ->
          sequential(name, "lstm", lstm, "tanh", lstm.steps(), lstm.sequence());
      case LayerSpec.Repeat repeat ->
          sequential(name, "repeat", repeat, "linear", repeat.steps(), null);
      case LayerSpec.Dropout(int columns, float rate) ->
          new Layer(name, "dropout", columns, columns, "linear", parameters, rate, null, null);
    };
  }

  private static Layer sequential(
      String name, String kind, LayerSpec layer, String activation, int steps, Boolean sequence) {
    return new Layer(
        name,
        kind,
        layer.inputs(),
        layer.outputs(),
        activation,
        layer.parameters(),
        null,
        null,
        null,
        steps,
        sequence);
  }

  private static ModelCard card(
      TrainedDetector detector,
      Provenance provenance,
      Judgement judgement,
      List<GoldenVector> golden) {
    return new ModelCard(
        ModelCard.VERSION,
        provenance.name(),
        provenance.version(),
        provenance.created().toString(),
        BuildInfo.current().toString(),
        detector.preprocessor().features(),
        detector.preprocessor().preprocessing(),
        architecture(detector.network(), provenance.preset()),
        training(detector.objective(), provenance),
        provenance.history(),
        provenance.data(),
        new Scoring(detector.klWeight(), "mean"),
        judgement == null ? null : judgement.distribution(),
        judgement == null ? List.of() : judgement.thresholds(),
        golden,
        detector.window().orElse(null),
        judgement == null ? null : judgement.segments(),
        judgement == null ? null : judgement.eventsPerDay(),
        null);
  }

  private static Training training(Objective objective, Provenance provenance) {
    FitSettings settings = provenance.settings();
    Adam adam =
        switch (settings.optimizer()) {
          case Adam given -> given;
        };
    return new Training(
        word(objective.reconstruction()),
        word(objective.reconstructionReduction()),
        objective.beta(),
        word(objective.klReduction()),
        "adam",
        adam.learningRate(),
        settings.batch(),
        settings.epochs(),
        settings.validation(),
        settings.seed(),
        adam.epsilon(),
        word(settings.criterion()),
        settings.earlyStopping().map(EarlyStopping::patience).orElse(null),
        settings.meanInValidation(),
        new LossTerms(
            objective.reconstructionWeight(),
            objective.klWeighted(),
            objective.prior().means(),
            objective.prior().deviations(),
            objective.samples(),
            objective.classification().map(Classification::weight).orElse(null),
            objective.twoStreams()),
        provenance.parent().orElse(null));
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
