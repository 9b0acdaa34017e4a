package io.weir.trainer.onnx;

import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reduction;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Both losses of each row, and the score. A row on which the network overflows gets an infinite
/// loss instead of NaN, which no threshold would catch.
final class LossGraph {
  /// Keras clips probabilities to [1e-7, 1 - 1e-7]; these are their logits.
  private static final float LARGEST_LOGIT = (float) Math.log((1 - 1e-7) / 1e-7);

  /// The loss of each network output, for the explanation.
  ///
  /// @param errors [batch x width]; the columns beyond the network's outputs are padding
  /// @param inputs the network inputs, padded like `errors`
  /// @param width columns of both
  record Errors(String errors, String inputs, int width) {}

  private final Graph graph;
  private final Objective objective;
  private final int inputs;

  LossGraph(Graph graph, TrainedDetector detector) {
    this.graph = graph;
    this.objective = detector.objective();
    this.inputs = detector.network().inputs();
  }

  /// Adds the loss of each network output.
  ///
  /// @param targets the network inputs
  Errors errors(String targets, NetworkGraph.Values network) {
    return switch (objective.reconstruction()) {
      case MSE -> {
        String difference = difference(targets, network);
        yield new Errors(graph.node("Mul", "loss/errors", difference, difference), targets, inputs);
      }
      case L1 ->
          new Errors(
              graph.node("Abs", "loss/errors", difference(targets, network)), targets, inputs);
      case BCE -> crossEntropy(targets, network.logits());
    };
  }

  private String difference(String targets, NetworkGraph.Values network) {
    return graph.node("Sub", "loss/difference", targets, network.reconstruction());
  }

  /// `-x ln(p) - (1 - x) ln(1 - p)`, with `p` the sigmoid of `z`, as `max(z, 0) - x z +
  /// softplus(-|z|)`: near 1, float32 holds too few probabilities for `ln(1 - p)`.
  private Errors crossEntropy(String targets, String logits) {
    int[] columns = Lanes.padded(IntStream.range(0, inputs).toArray());
    String x = targets;
    String z = logits;
    if (columns.length != inputs) {
      x = graph.columns("loss/targets", targets, columns);
      z = graph.columns("loss/logits", logits, columns);
    }
    String clipped =
        graph.node(
            "Clip",
            "loss/clipped_logits",
            z,
            graph.scalar("loss/smallest_logit", -LARGEST_LOGIT),
            graph.scalar("loss/largest_logit", LARGEST_LOGIT));
    String linear =
        graph.node(
            "Sub",
            "loss/linear",
            graph.node("Relu", "loss/positive_logits", clipped),
            graph.node("Mul", "loss/targeted_logits", x, clipped));
    String size = graph.node("Abs", "loss/logit_size", clipped);
    String curved = graph.node("Softplus", "loss/curved", graph.node("Neg", "loss/below", size));
    String errors = graph.node("Add", "loss/errors", linear, curved);
    return new Errors(errors, x, columns.length);
  }

  /// Adds `reconstruction_loss`, [batch].
  String reconstructionLoss(Errors errors) {
    float[] weights = new float[errors.width()];
    Arrays.fill(weights, 0, inputs, weight(objective.reconstructionReduction(), inputs));
    String sum =
        graph.node(
            "MatMul",
            "loss/reconstruction",
            errors.errors(),
            graph.matrix("loss/reconstruction_weights", errors.width(), 1, weights));
    return perRow("reconstruction_loss", sum);
  }

  /// Adds `kl_divergence`, [batch]: of N(mean, exp(logVariance)) from N(0, I), per latent `0.5
  /// (mean^2 + exp(logVariance) - logVariance - 1)`; 0 for a plain autoencoder.
  String klDivergence(NetworkGraph.Values network, int latents) {
    String sum;
    if (network.logVariance() == null) {
      sum =
          graph.node(
              "MatMul",
              "loss/kl",
              network.latent(),
              graph.matrix("loss/kl_weights", latents, 1, new float[latents]));
    } else {
      String squared =
          graph.node("Mul", "loss/kl/squared_mean", network.latent(), network.latent());
      String variance = graph.node("Exp", "loss/kl/variance", network.logVariance());
      String gap = graph.node("Sub", "loss/kl/gap", variance, network.logVariance());
      String above = graph.node("Sub", "loss/kl/above", gap, graph.scalar("loss/kl/one", 1));
      String doubled = graph.node("Add", "loss/kl/doubled", squared, above);
      float[] weights = new float[latents];
      Arrays.fill(weights, 0.5f * weight(objective.klReduction(), latents));
      sum =
          graph.node(
              "MatMul", "loss/kl", doubled, graph.matrix("loss/kl_weights", latents, 1, weights));
    }
    return perRow("kl_divergence", sum);
  }

  /// Adds `score`, [batch].
  String score(String reconstructionLoss, String klDivergence, double klWeight) {
    String score;
    if (klWeight == 0) {
      score = graph.node("Identity", "score", reconstructionLoss);
    } else {
      String weight = graph.scalar("score/kl_weight", (float) klWeight);
      score =
          graph.node(
              "Add",
              "score",
              reconstructionLoss,
              graph.node("Mul", "score/weighted_kl", klDivergence, weight));
    }
    return score;
  }

  private String perRow(String output, String column) {
    String row =
        graph.node(
            "Squeeze", output + "/row", column, graph.integers(output + "/squeezed_axis", 1));
    return graph.node(
        "Where",
        output,
        graph.node("IsNaN", output + "/overflowed", row),
        graph.scalar(output + "/infinity", Float.POSITIVE_INFINITY),
        row);
  }

  private static float weight(Reduction reduction, int terms) {
    return switch (reduction) {
      case MEAN -> 1f / terms;
      case SUM -> 1f;
    };
  }
}
