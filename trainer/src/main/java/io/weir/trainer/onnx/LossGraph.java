package io.weir.trainer.onnx;

import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
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

  /// A loss of each row.
  ///
  /// @param column [batch x 1]
  /// @param output [batch], infinite where the column is no number
  record Row(String column, String output) {}

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
      case GAUSSIAN -> gaussian(targets, network);
    };
  }

  /// The squared error in units of the learned variance `exp(s)`: what an output is to blame for.
  /// [#reconstructionLoss] adds what the loss has beyond it.
  private Errors gaussian(String targets, NetworkGraph.Values network) {
    int[] columns = Lanes.padded(IntStream.range(0, inputs).toArray());
    String difference = difference(targets, network);
    String x = targets;
    String logVariance = network.outputLogVariance();
    if (columns.length != inputs) {
      x = graph.columns("loss/targets", targets, columns);
      difference = graph.columns("loss/differences", difference, columns);
      logVariance = graph.columns("loss/log_variances", logVariance, columns);
    }
    float bound = Reconstruction.LARGEST_LOG_VARIANCE;
    String clipped =
        graph.node(
            "Clip",
            "loss/clipped_log_variance",
            logVariance,
            graph.scalar("loss/smallest_log_variance", -bound),
            graph.scalar("loss/largest_log_variance", bound));
    String precision =
        graph.node(
            "Exp", "loss/precision", graph.node("Neg", "loss/negative_log_variance", clipped));
    String squared = graph.node("Mul", "loss/squared", difference, difference);
    return new Errors(graph.node("Mul", "loss/errors", squared, precision), x, columns.length);
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
  Row reconstructionLoss(Errors errors) {
    float weight = weight(objective.reconstructionReduction(), inputs);
    String terms = errors.errors();
    if (objective.reconstruction() == Reconstruction.GAUSSIAN) {
      weight *= 0.5f;
      terms = graph.node("Add", "loss/terms", terms, "loss/clipped_log_variance");
    }
    float[] weights = new float[errors.width()];
    Arrays.fill(weights, 0, inputs, weight);
    String sum =
        graph.node(
            "MatMul",
            "loss/reconstruction",
            terms,
            graph.matrix("loss/reconstruction_weights", errors.width(), 1, weights));
    return perRow("reconstruction_loss", sum);
  }

  /// Adds `kl_divergence`, [batch]: of N(mean, exp(logVariance)) from the prior N(m, v), per latent
  /// `0.5 (((mean - m)^2 + exp(logVariance)) / v - logVariance - 1 + ln v)`; 0 for a plain
  /// autoencoder.
  Row klDivergence(NetworkGraph.Values network, int latents) {
    String sum;
    if (network.logVariance() == null) {
      sum =
          graph.node(
              "MatMul",
              "loss/kl",
              network.latent(),
              graph.matrix("loss/kl_weights", latents, 1, new float[latents]));
    } else {
      String doubled =
          objective.prior().isStandard() ? fromStandard(network) : fromPrior(network, latents);
      float[] weights = new float[latents];
      Arrays.fill(weights, 0.5f * weight(objective.klReduction(), latents));
      sum =
          graph.node(
              "MatMul", "loss/kl", doubled, graph.matrix("loss/kl_weights", latents, 1, weights));
    }
    return perRow("kl_divergence", sum);
  }

  private String fromStandard(NetworkGraph.Values network) {
    String squared = graph.node("Mul", "loss/kl/squared_mean", network.latent(), network.latent());
    String variance = graph.node("Exp", "loss/kl/variance", network.logVariance());
    String gap = graph.node("Sub", "loss/kl/gap", variance, network.logVariance());
    String above = graph.node("Sub", "loss/kl/above", gap, graph.scalar("loss/kl/one", 1));
    return graph.node("Add", "loss/kl/doubled", squared, above);
  }

  private String fromPrior(NetworkGraph.Values network, int latents) {
    float[] means = new float[latents];
    float[] precisions = new float[latents];
    float[] constants = new float[latents];
    for (int j = 0; j < latents; j++) {
      means[j] = (float) objective.prior().mean(j);
      precisions[j] = (float) (1 / objective.prior().variance(j));
      constants[j] = (float) (1 - Math.log(objective.prior().variance(j)));
    }
    String away =
        graph.node(
            "Sub", "loss/kl/away", network.latent(), graph.vector("loss/kl/prior_mean", means));
    String squared = graph.node("Mul", "loss/kl/squared_mean", away, away);
    String variance = graph.node("Exp", "loss/kl/variance", network.logVariance());
    String spread = graph.node("Add", "loss/kl/spread", squared, variance);
    String scaled =
        graph.node(
            "Mul", "loss/kl/scaled", spread, graph.vector("loss/kl/prior_precision", precisions));
    String gap = graph.node("Sub", "loss/kl/gap", scaled, network.logVariance());
    return graph.node(
        "Sub", "loss/kl/doubled", gap, graph.vector("loss/kl/prior_constant", constants));
  }

  /// What the classifier is given, [batch x columns].
  String classifierInput(
      Classifier.Input input, String inputs, NetworkGraph.Values network, Row loss, Row kl) {
    return switch (input) {
      case LATENT -> network.latent();
      case RECONSTRUCTION_LOSS -> loss.column();
      case LOSSES ->
          graph.node("Concat", "classifier/losses", "axis", 1, loss.column(), kl.column());
      case INPUTS -> inputs;
    };
  }

  /// Adds `probability` and `score`, [batch]: 1 where it is no number, or the reconstruction is
  /// infinitely bad.
  void probability(String column, Row reconstruction) {
    String row =
        graph.node(
            "Squeeze", "probability/row", column, graph.integers("probability/squeezed_axis", 1));
    String overflowed =
        graph.node(
            "Or",
            "probability/overflowed",
            graph.node("IsNaN", "probability/no_number", row),
            graph.node("IsInf", "probability/no_reconstruction", reconstruction.output()));
    String probability =
        graph.node("Where", "probability", overflowed, graph.scalar("probability/certain", 1), row);
    graph.node("Identity", "score", probability);
  }

  /// Adds `score`, [batch].
  String score(Row reconstruction, Row divergence, double klWeight) {
    String reconstructionLoss = reconstruction.output();
    String klDivergence = divergence.output();
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

  private Row perRow(String output, String column) {
    String row =
        graph.node(
            "Squeeze", output + "/row", column, graph.integers(output + "/squeezed_axis", 1));
    graph.node(
        "Where",
        output,
        graph.node("IsNaN", output + "/overflowed", row),
        graph.scalar(output + "/infinity", Float.POSITIVE_INFINITY),
        row);
    return new Row(column, output);
  }

  private static float weight(Reduction reduction, int terms) {
    return switch (reduction) {
      case MEAN -> 1f / terms;
      case SUM -> 1f;
    };
  }
}
