package io.weir.trainer.fit;

import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import io.weir.trainer.fit.ReferenceNetwork.Draw;
import io.weir.trainer.fit.ReferenceNetwork.Outputs;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The definition of the training loss of one batch that holds all rows: what the engine is
/// compared with.
final class ReferenceLoss {
  private final Objective objective;
  private final TrainingRows data;
  private final Classifier classifier;
  private final List<Integer> rows = new ArrayList<>();
  private final double[][] inputs;
  private final List<Draw> draws;
  private final int autoencoderRows;
  private final int firstClassified;

  /// @param samples [rows x samples] what is drawn for each row of the data and sample
  ReferenceLoss(
      NetworkSpec spec, Objective objective, TrainingRows data, List<List<Draw>> samples) {
    this.objective = objective;
    this.data = data;
    classifier = spec.classifier().orElse(null);
    List<Integer> batch = new ArrayList<>();
    if (objective.twoStreams()) {
      for (int row = 0; batch.size() < data.rows(); row = (row + 1) % data.rows()) {
        if (data.labels()[row] == 0) {
          batch.add(row);
        }
      }
    }
    int normal = batch.size();
    for (int row = 0; row < data.rows(); row++) {
      batch.add(row);
    }
    draws = new ArrayList<>();
    for (int row : batch) {
      for (Draw draw : samples.get(row)) {
        rows.add(row);
        draws.add(draw);
      }
    }
    firstClassified = normal * objective.samples();
    autoencoderRows = normal == 0 ? rows.size() : firstClassified;
    inputs = rows.stream().map(this::input).toArray(double[][]::new);
  }

  private double[] input(int row) {
    int from = row * data.columns();
    float[] values = Arrays.copyOfRange(data.inputs(), from, from + data.columns());
    return ReferenceNetwork.doubles(values);
  }

  /// The part that the autoencoder's weights follow when the classifier leaves them alone.
  double autoencoderLoss(ReferenceNetwork network) {
    return autoencoderLoss(network.train(inputs, draws));
  }

  private double autoencoderLoss(Outputs outputs) {
    double total = 0;
    for (int i = 0; i < autoencoderRows; i++) {
      double weight = data.weights() == null ? 1 : data.weights()[rows.get(i)];
      double klWeight = objective.klWeighted() ? weight : 1;
      total += objective.reconstructionWeight() * weight * reconstruction(i, outputs);
      total += objective.beta() * klWeight * klDivergence(i, outputs);
    }
    return total / autoencoderRows;
  }

  /// All of it.
  double loss(ReferenceNetwork network) {
    Outputs outputs = network.train(inputs, draws);
    double total = autoencoderLoss(outputs);
    if (classifier == null) {
      return total;
    }
    double[] p = network.classify(classifierInputs(outputs), draws);
    double sum = 0;
    for (int i = firstClassified; i < p.length; i++) {
      sum += crossEntropy(data.labels()[rows.get(i)], p[i]);
    }
    return total + objective.classifierWeight() * sum / (p.length - firstClassified);
  }

  private double[][] classifierInputs(Outputs outputs) {
    return switch (classifier.input()) {
      case LATENT -> outputs.latent();
      case INPUTS -> inputs;
      case RECONSTRUCTION_LOSS, LOSSES -> {
        double[][] losses = new double[rows.size()][];
        for (int i = 0; i < losses.length; i++) {
          double r = reconstruction(i, outputs);
          losses[i] =
              classifier.input() == Classifier.Input.LOSSES
                  ? new double[] {r, klDivergence(i, outputs)}
                  : new double[] {r};
        }
        yield losses;
      }
    };
  }

  private double reconstruction(int i, Outputs outputs) {
    double[] x = inputs[i];
    double[] y = outputs.reconstruction()[i];
    double sum = 0;
    for (int c = 0; c < x.length; c++) {
      double square = (y[c] - x[c]) * (y[c] - x[c]);
      sum +=
          switch (objective.reconstruction()) {
            case MSE -> square;
            case L1 -> Math.abs(y[c] - x[c]);
            case BCE -> crossEntropy(x[c], y[c]);
            case GAUSSIAN -> {
              double s = Math.clamp(outputs.outputLogVariance()[i][c], -10, 10);
              yield 0.5 * (s + square / Math.exp(s));
            }
          };
    }
    return objective.reconstructionReduction() == Reduction.MEAN ? sum / x.length : sum;
  }

  private static double crossEntropy(double x, double y) {
    double p = Math.clamp(y, 1e-7f, (float) (1 - 1e-7));
    return -x * Math.log(p) - (1 - x) * Math.log(1 - p);
  }

  private double klDivergence(int i, Outputs outputs) {
    if (outputs.mean().length == 0) {
      return 0;
    }
    double[] mean = outputs.mean()[i];
    double[] logVariance = outputs.logVariance()[i];
    double sum = 0;
    for (int c = 0; c < mean.length; c++) {
      double variance = objective.prior().variance(c);
      double away = mean[c] - objective.prior().mean(c);
      double spread = (away * away + Math.exp(logVariance[c])) / variance;
      sum += 0.5 * (spread - 1 - logVariance[c] + Math.log(variance));
    }
    return objective.klReduction() == Reduction.MEAN ? sum / mean.length : sum;
  }
}
