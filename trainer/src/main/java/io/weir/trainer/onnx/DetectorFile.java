package io.weir.trainer.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.weir.schemas.BuildInfo;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCards;

/// Writes a trained detector as an ONNX model. The same detector and card give the same bytes.
///
/// | tensor | shape | meaning |
/// |---|---|---|
/// | in `features` | float32 [batch x features] | raw values in the card's order, NaN = missing |
/// | out `score` | [batch] | `reconstruction_loss + klWeight x kl_divergence` |
/// | out `reconstruction_loss`, `kl_divergence` | [batch] | its parts; never NaN |
/// | out `expected` | [batch x features] | the reconstruction in raw units |
/// | out `contribution` | [batch x features] | shares of the reconstruction loss |
/// | out `latent` | [batch x latent] | the latent mean |
/// | out `probability` | [batch] | the classifier's answer, which is then the score; only with one |
///
/// Where a row is a window of several events, `features`, `expected` and `contribution` are [batch
/// x steps x features], the newest event last.
///
/// Opset 17 and IR version 8 are read by ONNX Runtime 1.14 and later.
public final class DetectorFile {
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;

  private DetectorFile() {}

  /// The bytes of the file.
  ///
  /// @throws IllegalArgumentException if the card contradicts itself
  public static byte[] bytes(TrainedDetector detector, ModelCard card) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("weir")
            .setProducerVersion(BuildInfo.current().version())
            .setDomain("io.weir")
            .setDocString(
                "Anomaly detector %s %s: raw features in, score and explanation out. Metadata `%s`"
                        .formatted(card.name(), card.version(), ModelCard.METADATA_KEY)
                    + " holds the model card as JSON.")
            .setGraph(graph(detector));
    model.addOpsetImportBuilder().setVersion(OPSET);
    model
        .addMetadataPropsBuilder()
        .setKey(ModelCard.METADATA_KEY)
        .setValue(ModelCards.toJson(card));
    return model.build().toByteArray();
  }

  private static GraphProto graph(TrainedDetector detector) {
    int latents = detector.network().latent();
    Graph graph = new Graph("detector", "Preprocessing, network, losses, score and explanation.");
    RowEvents events = RowEvents.of(graph, detector);
    int[] row = events.dimensions();
    String raw = graph.input("features", "Raw values in the card's order, NaN = missing.", row);
    String inputs =
        events.networkRows(
            new PreprocessingGraph(graph, detector.preprocessor()).add(events.rawEvents(raw)));
    NetworkGraph layers = new NetworkGraph(graph, detector);
    NetworkGraph.Values network = layers.add(inputs);
    LossGraph loss = new LossGraph(graph, detector);
    LossGraph.Errors errors = loss.errors(inputs, network);
    LossGraph.Row reconstructionLoss = loss.reconstructionLoss(errors);
    LossGraph.Row klDivergence = loss.klDivergence(network, latents);
    detector
        .network()
        .classifier()
        .ifPresentOrElse(
            head ->
                loss.probability(
                    layers.addClassifier(
                        loss.classifierInput(
                            head.input(), inputs, network, reconstructionLoss, klDivergence)),
                    reconstructionLoss),
            () -> loss.score(reconstructionLoss, klDivergence, detector.klWeight()));
    ContributionGraph.add(graph, detector.preprocessor(), events, errors);
    new ExpectedGraph(graph, detector.preprocessor(), events).add(network);
    graph.node("Identity", "latent", network.latent());

    graph.output("score", "What is compared with the threshold.");
    if (detector.network().classifier().isPresent()) {
      graph.output("probability", "Of being an anomaly, by the classifier: the score.");
    }
    graph.output("reconstruction_loss", "First part of the score.");
    graph.output("kl_divergence", "Second part of the score, before weighting.");
    graph.output("expected", "The reconstruction in raw units.", row);
    graph.output("contribution", "Shares of the reconstruction loss, sum 1.", row);
    graph.output("latent", "The latent mean.", latents);
    return graph.build();
  }
}
