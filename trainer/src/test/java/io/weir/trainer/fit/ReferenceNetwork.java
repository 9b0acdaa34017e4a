package io.weir.trainer.fit;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reduction;
import java.util.ArrayList;
import java.util.List;

/// The definition of networks and losses, in double and without any cleverness: what the engine is
/// compared with.
final class ReferenceNetwork {
  /// Kernel, then bias, of each layer.
  final List<double[]> parameters = new ArrayList<>();

  private final NetworkSpec spec;

  /// A row's way through the network.
  record Row(double[] reconstruction, double[] mean, double[] logVariance) {}

  ReferenceNetwork(NetworkSpec spec, List<LayerParameters> weights) {
    this.spec = spec;
    for (LayerParameters p : weights) {
      parameters.add(doubles(((OfDense) p).kernel()));
      parameters.add(doubles(((OfDense) p).bias()));
    }
  }

  /// @param noise [rows x latent], or null for z = mean
  double loss(Objective objective, TrainingRows data, float[] noise) {
    double total = 0;
    for (int r = 0; r < data.rows(); r++) {
      double[] x = new double[data.columns()];
      for (int c = 0; c < x.length; c++) {
        x[c] = data.inputs()[r * data.columns() + c];
      }
      double[] eps = new double[spec.latent()];
      for (int c = 0; noise != null && c < eps.length; c++) {
        eps[c] = noise[r * eps.length + c];
      }
      Row row = run(x, eps);
      double weight = data.weights() == null ? 1 : data.weights()[r];
      total += weight * reconstruction(objective, x, row.reconstruction);
      total += objective.beta() * klDivergence(objective, row);
    }
    return total / data.rows();
  }

  Row run(double[] x, double[] noise) {
    int layer = 0;
    double[] h = x;
    for (LayerSpec dense : spec.encoder()) {
      h = dense(layer++, (Dense) dense, h);
    }
    double[] mean = h;
    double[] logVariance = {};
    if (spec instanceof NetworkSpec.Vae vae) {
      mean = dense(layer++, vae.mean(), h);
      logVariance = dense(layer++, vae.logVariance(), h);
      h = new double[mean.length];
      for (int i = 0; i < h.length; i++) {
        h[i] = mean[i] + Math.exp(0.5 * logVariance[i]) * noise[i];
      }
    }
    for (LayerSpec dense : spec.decoder()) {
      h = dense(layer++, (Dense) dense, h);
    }
    return new Row(h, mean, logVariance);
  }

  static double reconstruction(Objective objective, double[] x, double[] y) {
    double sum = 0;
    for (int c = 0; c < x.length; c++) {
      sum +=
          switch (objective.reconstruction()) {
            case MSE -> (y[c] - x[c]) * (y[c] - x[c]);
            case L1 -> Math.abs(y[c] - x[c]);
            case BCE -> {
              double p = Math.clamp(y[c], 1e-7, 1 - 1e-7);
              yield -x[c] * Math.log(p) - (1 - x[c]) * Math.log(1 - p);
            }
            case GAUSSIAN -> throw new IllegalArgumentException("not here");
          };
    }
    return objective.reconstructionReduction() == Reduction.MEAN ? sum / x.length : sum;
  }

  static double klDivergence(Objective objective, Row row) {
    double sum = 0;
    for (int i = 0; i < row.logVariance.length; i++) {
      double lv = row.logVariance[i];
      sum -= 0.5 * (1 + lv - row.mean[i] * row.mean[i] - Math.exp(lv));
    }
    return objective.klReduction() == Reduction.MEAN ? sum / row.mean.length : sum;
  }

  private double[] dense(int layer, Dense dense, double[] x) {
    double[] kernel = parameters.get(2 * layer);
    double[] y = parameters.get(2 * layer + 1).clone();
    for (int o = 0; o < y.length; o++) {
      for (int i = 0; i < x.length; i++) {
        y[o] += x[i] * kernel[i * y.length + o];
      }
      y[o] = activate(dense.activation(), y[o]);
    }
    return y;
  }

  private static double activate(Activation activation, double x) {
    return switch (activation) {
      case Activation.Linear() -> x;
      case Activation.Relu() -> Math.max(x, 0);
      case Activation.LeakyRelu(float alpha) -> x > 0 ? x : alpha * x;
      case Activation.Tanh() -> Math.tanh(x);
      case Activation.Sigmoid() -> 1 / (1 + Math.exp(-x));
      case Activation.HardSigmoid() -> Math.clamp(0.2 * x + 0.5, 0, 1);
      case Activation.Softmax() -> throw new IllegalArgumentException("not element-wise");
    };
  }

  private static double[] doubles(float[] values) {
    double[] all = new double[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i];
    }
    return all;
  }
}
