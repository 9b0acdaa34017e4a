package io.weir.trainer.fit;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfBatchNorm;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerParameters.OfDropout;
import io.weir.trainer.engine.layer.LayerParameters.OfLstm;
import io.weir.trainer.engine.layer.LayerParameters.OfRepeat;
import io.weir.trainer.engine.layer.LayerParameters.OfStepDense;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;
import io.weir.trainer.engine.layer.PlainSequences;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// The definition of networks, in double and without any cleverness: what the engine is compared
/// with.
final class ReferenceNetwork {
  /// What training draws for a row: noise of the latent, and for each layer what dropout multiplies
  /// its columns with.
  record Draw(double[] noise, double[][] kept) {}

  /// A batch's way through the network, [rows x columns] each; what a network does not have is
  /// empty.
  record Outputs(
      double[][] reconstruction,
      double[][] outputLogVariance,
      double[][] latent,
      double[][] mean,
      double[][] logVariance) {}

  /// What gradients change: of each layer kernel and bias, gamma and beta, or nothing.
  final List<List<double[]>> trained = new ArrayList<>();

  /// Of each layer moving mean and variance, or nothing.
  final List<List<double[]>> moving = new ArrayList<>();

  private final NetworkSpec spec;
  private final List<LayerSpec> layers;

  ReferenceNetwork(NetworkSpec spec, List<LayerParameters> weights) {
    this.spec = spec;
    layers = spec.layers().toList();
    for (LayerParameters layer : weights) {
      trained.add(trained(layer).stream().map(ReferenceNetwork::doubles).toList());
      moving.add(moving(layer).stream().map(ReferenceNetwork::doubles).toList());
    }
  }

  static List<float[]> trained(LayerParameters layer) {
    return switch (layer) {
      case OfDense dense -> List.of(dense.kernel(), dense.bias());
      case OfBatchNorm norm -> List.of(norm.gamma(), norm.beta());
      case OfStepDense dense -> List.of(dense.kernel(), dense.bias());
      case OfLstm lstm -> List.of(lstm.kernel(), lstm.recurrent(), lstm.bias());
      case OfDropout(), OfRepeat() -> List.of();
    };
  }

  static List<float[]> moving(LayerParameters layer) {
    return layer instanceof OfBatchNorm norm
        ? List.of(norm.movingMean(), norm.movingVariance())
        : List.of();
  }

  /// As in training, changing nothing.
  Outputs train(double[][] x, List<Draw> draws) {
    return run(x, draws);
  }

  /// As in scoring: from the mean of the latent, without dropout, with the moving averages.
  Outputs score(double[][] x) {
    return run(x, null);
  }

  private Outputs run(double[][] x, List<Draw> draws) {
    double[][] h = chain(0, spec.encoder().size(), x, draws);
    int at = spec.encoder().size();
    double[][] mean = {};
    double[][] logVariance = {};
    double[][] latent = h;
    if (spec.variational().isPresent()) {
      mean = layer(at++, h, draws);
      logVariance = layer(at++, h, draws);
      latent = new double[x.length][spec.latent()];
      for (int r = 0; r < x.length; r++) {
        for (int c = 0; c < latent[r].length; c++) {
          double noise = draws == null ? 0 : draws.get(r).noise[c];
          latent[r][c] = mean[r][c] + Math.exp(0.5 * logVariance[r][c]) * noise;
        }
      }
    }
    int last = at + spec.decoder().size() - 1;
    h = chain(at, last, latent, draws);
    double[][] spread = spec.outputLogVariance().isPresent() ? layer(last + 1, h, draws) : null;
    double[][] y = layer(last, h, draws);
    return new Outputs(y, spread == null ? new double[0][] : spread, latent, mean, logVariance);
  }

  /// [rows] the classifier's answers to its inputs.
  double[] classify(double[][] x, List<Draw> draws) {
    int size = spec.classifier().map(Classifier::layers).orElseThrow().size();
    double[][] p = chain(layers.size() - size, layers.size(), x, draws);
    return Arrays.stream(p).mapToDouble(row -> row[0]).toArray();
  }

  private double[][] chain(int from, int to, double[][] x, List<Draw> draws) {
    double[][] h = x;
    for (int layer = from; layer < to; layer++) {
      h = layer(layer, h, draws);
    }
    return h;
  }

  private double[][] layer(int index, double[][] x, List<Draw> draws) {
    return switch (layers.get(index)) {
      case Dense dense -> rows(x, row -> dense(trained.get(index), dense.activation(), row));
      case BatchNorm norm -> {
        List<double[]> moments = draws == null ? moving.get(index) : moments(x);
        yield normalised(trained.get(index), moments, norm, x);
      }
      case Dropout _ -> draws == null ? x : dropped(index, x, draws);
      case StepDense dense -> {
        List<double[]> weights = trained.get(index);
        yield rows(
            x,
            row ->
                PlainSequences.steps(dense, step -> dense(weights, dense.activation(), step), row));
      }
      case Lstm lstm -> {
        List<double[]> w = trained.get(index);
        yield rows(x, row -> PlainSequences.lstm(lstm, w.get(0), w.get(1), w.get(2), row));
      }
      case Repeat repeat -> rows(x, row -> PlainSequences.repeat(repeat, row));
    };
  }

  private static double[][] rows(double[][] x, UnaryOperator<double[]> layer) {
    return Arrays.stream(x).map(layer).toArray(double[][]::new);
  }

  private static double[] dense(List<double[]> weights, Activation activation, double[] x) {
    double[] kernel = weights.get(0);
    double[] y = weights.get(1).clone();
    for (int o = 0; o < y.length; o++) {
      for (int i = 0; i < x.length; i++) {
        y[o] += x[i] * kernel[i * y.length + o];
      }
    }
    activate(activation, y);
    return y;
  }

  /// Mean and biased variance of each column.
  static List<double[]> moments(double[][] x) {
    double[] mean = new double[x[0].length];
    double[] variance = new double[mean.length];
    for (int c = 0; c < mean.length; c++) {
      for (double[] row : x) {
        mean[c] += row[c] / x.length;
      }
      for (double[] row : x) {
        variance[c] += (row[c] - mean[c]) * (row[c] - mean[c]) / x.length;
      }
    }
    return List.of(mean, variance);
  }

  private static double[][] normalised(
      List<double[]> weights, List<double[]> moments, BatchNorm norm, double[][] x) {
    double[][] y = new double[x.length][norm.columns()];
    for (int r = 0; r < x.length; r++) {
      for (int c = 0; c < norm.columns(); c++) {
        double deviation = Math.sqrt(moments.get(1)[c] + norm.epsilon());
        double standard = (x[r][c] - moments.get(0)[c]) / deviation;
        y[r][c] = weights.get(0)[c] * standard + weights.get(1)[c];
      }
      activate(norm.activation(), y[r]);
    }
    return y;
  }

  private static double[][] dropped(int layer, double[][] x, List<Draw> draws) {
    double[][] y = new double[x.length][x[0].length];
    for (int r = 0; r < x.length; r++) {
      for (int c = 0; c < x[r].length; c++) {
        y[r][c] = x[r][c] * draws.get(r).kept[layer][c];
      }
    }
    return y;
  }

  private static void activate(Activation activation, double[] row) {
    double[] exponentials = Arrays.stream(row).map(Math::exp).toArray();
    double sum = Arrays.stream(exponentials).sum();
    for (int i = 0; i < row.length; i++) {
      double x = row[i];
      row[i] =
          switch (activation) {
            case Activation.Linear() -> x;
            case Activation.Relu() -> Math.max(x, 0);
            case Activation.LeakyRelu(float alpha) -> x > 0 ? x : alpha * x;
            case Activation.Tanh() -> Math.tanh(x);
            case Activation.Sigmoid() -> 1 / (1 + Math.exp(-x));
            case Activation.HardSigmoid() -> Math.clamp(0.2 * x + 0.5, 0, 1);
            case Activation.Softmax() -> exponentials[i] / sum;
          };
    }
  }

  static double[] doubles(float[] values) {
    double[] all = new double[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i];
    }
    return all;
  }
}
