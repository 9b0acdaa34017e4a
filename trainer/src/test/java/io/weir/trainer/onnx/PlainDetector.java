package io.weir.trainer.onnx;

import io.weir.detector.Explanation;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Activation.HardSigmoid;
import io.weir.trainer.engine.layer.Activation.LeakyRelu;
import io.weir.trainer.engine.layer.Activation.Linear;
import io.weir.trainer.engine.layer.Activation.Relu;
import io.weir.trainer.engine.layer.Activation.Sigmoid;
import io.weir.trainer.engine.layer.Activation.Softmax;
import io.weir.trainer.engine.layer.Activation.Tanh;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.network.NetworkSpec.Autoencoder;
import io.weir.trainer.engine.network.NetworkSpec.Classified;
import io.weir.trainer.engine.network.NetworkSpec.Vae;
import io.weir.trainer.fit.loss.Reduction;
import java.util.Iterator;
import java.util.List;

/// The plain twin of the graph: the formulas one by one in double precision.
final class PlainDetector {
  private final TrainedDetector detector;

  PlainDetector(TrainedDetector detector) {
    this.detector = detector;
  }

  /// @param raw [features]
  /// @param other what another twin said: of two equally likely words it may name either
  Explanation explain(float[] raw, Explanation other) {
    Preprocessor preprocessor = detector.preprocessor();
    float[] inputs = new float[preprocessor.inputs()];
    preprocessor.apply(raw, 1, inputs);
    double[] x = new double[inputs.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = inputs[i];
    }
    Iterator<LayerParameters> parameters = detector.parameters().iterator();
    double[] encoded = chain(detector.network().encoder(), parameters, x);
    double kl = 0;
    double[] latent;
    switch (detector.network()) {
      case Autoencoder _ -> latent = encoded;
      case Vae vae -> {
        latent = dense(vae.mean(), (OfDense) parameters.next(), encoded);
        double[] logVariance = dense(vae.logVariance(), (OfDense) parameters.next(), encoded);
        for (int i = 0; i < latent.length; i++) {
          kl -= 0.5 * (1 + logVariance[i] - latent[i] * latent[i] - Math.exp(logVariance[i]));
        }
        kl = reduced(detector.objective().klReduction(), kl, latent.length);
      }
      case Classified _ -> throw new IllegalArgumentException("not here");
    }
    double[] reconstruction = chain(detector.network().decoder(), parameters, latent);
    float[] errors = new float[x.length];
    double loss = 0;
    for (int i = 0; i < x.length; i++) {
      double error = error(x[i], reconstruction[i]);
      errors[i] = (float) error;
      loss += error;
    }
    loss = reduced(detector.objective().reconstructionReduction(), loss, x.length);
    float[] expected = new float[raw.length];
    preprocessor.expected(floats(reconstruction), 1, expected);
    for (int f = 0; f < raw.length; f++) {
      if (preprocessor.features().get(f) instanceof Category) {
        int mine = preprocessor.offset(f) + (int) expected[f];
        int others = preprocessor.offset(f) + (int) other.expected()[f];
        boolean tie =
            reconstruction[mine] - reconstruction[others]
                <= 1e-5 * Math.max(1, Math.abs(reconstruction[mine]));
        expected[f] = tie ? other.expected()[f] : expected[f];
      }
    }
    float[] contribution = new float[raw.length];
    preprocessor.contribution(errors, 1, contribution);
    return new Explanation(
        (float) (detector.klWeight() == 0 ? loss : loss + detector.klWeight() * kl),
        (float) loss,
        (float) kl,
        expected,
        contribution,
        floats(latent));
  }

  private double error(double x, double y) {
    return switch (detector.objective().reconstruction()) {
      case MSE -> (x - y) * (x - y);
      case L1 -> Math.abs(x - y);
      case BCE -> {
        double p = Math.clamp(y, 1e-7, 1 - 1e-7);
        yield -x * Math.log(p) - (1 - x) * Math.log(1 - p);
      }
      case GAUSSIAN -> throw new IllegalArgumentException("not here");
    };
  }

  private static double reduced(Reduction reduction, double sum, int terms) {
    return switch (reduction) {
      case MEAN -> sum / terms;
      case SUM -> sum;
    };
  }

  private static double[] chain(
      List<LayerSpec> layers, Iterator<LayerParameters> parameters, double[] x) {
    double[] value = x;
    for (LayerSpec layer : layers) {
      value = dense((Dense) layer, (OfDense) parameters.next(), value);
    }
    return value;
  }

  private static double[] dense(Dense layer, OfDense parameters, double[] x) {
    double[] y = new double[layer.outputs()];
    for (int o = 0; o < y.length; o++) {
      double sum = parameters.bias()[o];
      for (int i = 0; i < x.length; i++) {
        sum += x[i] * parameters.kernel()[i * y.length + o];
      }
      y[o] = activated(layer.activation(), sum);
    }
    return y;
  }

  private static double activated(Activation activation, double x) {
    return switch (activation) {
      case Linear _ -> x;
      case Relu _ -> Math.max(x, 0);
      case LeakyRelu leaky -> x >= 0 ? x : leaky.alpha() * x;
      case Tanh _ -> Math.tanh(x);
      case Sigmoid _ -> 1 / (1 + Math.exp(-x));
      case HardSigmoid _ -> Math.clamp(0.2 * x + 0.5, 0, 1);
      case Softmax _ -> throw new IllegalArgumentException("not here");
    };
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
