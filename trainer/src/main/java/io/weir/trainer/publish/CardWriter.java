package io.weir.trainer.publish;

import io.weir.schemas.BuildInfo;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.Architecture;
import io.weir.schemas.card.ModelCard.GoldenVector;
import io.weir.schemas.card.ModelCard.Layer;
import io.weir.schemas.card.ModelCard.Scoring;
import io.weir.schemas.card.ModelCard.Training;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Activation.HardSigmoid;
import io.weir.trainer.engine.layer.Activation.LeakyRelu;
import io.weir.trainer.engine.layer.Activation.Linear;
import io.weir.trainer.engine.layer.Activation.Relu;
import io.weir.trainer.engine.layer.Activation.Sigmoid;
import io.weir.trainer.engine.layer.Activation.Softmax;
import io.weir.trainer.engine.layer.Activation.Tanh;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.engine.network.NetworkSpec.Autoencoder;
import io.weir.trainer.engine.network.NetworkSpec.Classified;
import io.weir.trainer.engine.network.NetworkSpec.Vae;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import io.weir.trainer.onnx.LayerNames;
import io.weir.trainer.onnx.TrainedDetector;
import java.util.ArrayList;
import java.util.List;

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
      LayerSpec layer = specs.get(i);
      layers.add(
          new Layer(
              names.get(i),
              kind(layer),
              layer.inputs(),
              layer.outputs(),
              activation(layer),
              layer.parameters() + layer.trackedParameters()));
    }
    String kind =
        switch (network) {
          case Autoencoder _ -> "autoencoder";
          case Vae _ -> "vae";
          case Classified _ -> "vae_classifier";
        };
    return new Architecture(
        kind, preset, network.inputs(), network.latent(), network.parameters(), layers);
  }

  private static String kind(LayerSpec layer) {
    return switch (layer) {
      case LayerSpec.Dense _ -> "dense";
      case LayerSpec.BatchNorm _ -> "batch_norm";
      case LayerSpec.Dropout dropout -> "dropout(" + dropout.rate() + ")";
    };
  }

  private static String activation(LayerSpec layer) {
    return switch (layer) {
      case LayerSpec.Dense dense -> name(dense.activation());
      case LayerSpec.BatchNorm norm -> name(norm.activation());
      case LayerSpec.Dropout _ -> name(new Linear());
    };
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
        training(detector.objective(), provenance.settings()),
        provenance.history(),
        provenance.data(),
        new Scoring(detector.klWeight(), "mean"),
        judgement == null ? null : judgement.distribution(),
        judgement == null ? List.of() : judgement.thresholds(),
        golden);
  }

  private static Training training(Objective objective, Provenance.Settings settings) {
    return new Training(
        name(objective.reconstruction()),
        name(objective.reconstructionReduction()),
        objective.beta(),
        name(objective.klReduction()),
        settings.optimizer(),
        settings.learningRate(),
        settings.batch(),
        settings.epochs(),
        settings.validation(),
        settings.seed());
  }

  private static String name(Activation activation) {
    return switch (activation) {
      case Linear _ -> "linear";
      case Relu _ -> "relu";
      case LeakyRelu leaky -> "leaky_relu(" + leaky.alpha() + ")";
      case Tanh _ -> "tanh";
      case Sigmoid _ -> "sigmoid";
      case HardSigmoid _ -> "hard_sigmoid";
      case Softmax _ -> "softmax";
    };
  }

  private static String name(Reconstruction reconstruction) {
    return switch (reconstruction) {
      case MSE -> "mse";
      case BCE -> "bce";
      case L1 -> "l1";
      case GAUSSIAN -> "gaussian";
    };
  }

  private static String name(Reduction reduction) {
    return switch (reduction) {
      case MEAN -> "mean";
      case SUM -> "sum";
    };
  }
}
