package io.weir.detector;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.Training;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Whether card and graph speak of the same model: the losses and the tensors' names, types and
/// widths.
final class GraphCheck {
  /// A dimension that the caller chooses: the batch.
  private static final long ANY = -1;

  private static final List<String> LOSSES = Arrays.asList("mse", "bce", "l1", "gaussian");
  private static final List<String> REDUCTIONS = Arrays.asList("mean", "sum");
  private static final String CURE = "Publish it again with `weir train`";

  private final String origin;

  private GraphCheck(String origin) {
    this.origin = origin;
  }

  /// @throws DetectorRefusedException when they do not fit
  static void check(OrtSession session, ModelCard card, String origin)
      throws DetectorRefusedException {
    GraphCheck check = new GraphCheck(origin);
    check.card(card);
    try {
      check.tensors(session, RowShape.of(card), card.architecture().latent());
    } catch (OrtException e) {
      throw new DetectorRefusedException(origin, "its tensors cannot be read", CURE, e);
    }
  }

  private void card(ModelCard card) throws DetectorRefusedException {
    Training training = card.training();
    if (!LOSSES.contains(training.reconstructionLoss())
        || !REDUCTIONS.contains(training.reconstructionReduction())
        || !REDUCTIONS.contains(training.klReduction())) {
      throw refused(
          "its card speaks of a `%s` of `%s` loss and a `%s` KL divergence, known are %s and %s"
              .formatted(
                  training.reconstructionReduction(),
                  training.reconstructionLoss(),
                  training.klReduction(),
                  LOSSES,
                  REDUCTIONS));
    }
    if (card.architecture().latent() < 1 || card.architecture().inputs() < 1) {
      throw refused(
          "its card speaks of %d network inputs and %d latents"
              .formatted(card.architecture().inputs(), card.architecture().latent()));
    }
  }

  private void tensors(OrtSession session, RowShape shape, int latents)
      throws OrtException, DetectorRefusedException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    if (inputs.size() != 1) {
      throw refused(
          "it takes the tensors %s, the rule is `features` alone".formatted(inputs.keySet()));
    }
    long[] row =
        shape.steps() == 1
            ? new long[] {ANY, shape.features()}
            : new long[] {ANY, shape.steps(), shape.features()};
    tensor(inputs, Tensors.FEATURES, row);
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    tensor(outputs, Tensors.SCORE, ANY);
    tensor(outputs, Tensors.RECONSTRUCTION_LOSS, ANY);
    tensor(outputs, Tensors.KL_DIVERGENCE, ANY);
    tensor(outputs, Tensors.EXPECTED, row);
    tensor(outputs, Tensors.CONTRIBUTION, row);
    tensor(outputs, Tensors.LATENT, ANY, latents);
  }

  private void tensor(Map<String, NodeInfo> tensors, String name, long... shape)
      throws DetectorRefusedException {
    NodeInfo node = tensors.get(name);
    if (node == null) {
      throw refused("it has no tensor `%s`, only %s".formatted(name, tensors.keySet()));
    }
    if (!(node.getInfo() instanceof TensorInfo info)
        || info.type != OnnxJavaType.FLOAT
        || !Arrays.equals(info.getShape(), shape)) {
      throw refused(
          "tensor `%s` is %s, the card asks for float %s"
              .formatted(name, node.getInfo(), Arrays.toString(shape)));
    }
  }

  private DetectorRefusedException refused(String problem) {
    return new DetectorRefusedException(origin, problem, CURE);
  }
}
