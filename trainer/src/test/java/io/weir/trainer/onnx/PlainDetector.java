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
import io.weir.trainer.engine.layer.LayerParameters.OfBatchNorm;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerParameters.OfLstm;
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
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reduction;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// The plain twin of the graph: the formulas one by one in double precision.
final class PlainDetector {
  private final TrainedDetector detector;
  private final NetworkSpec network;
  private final Objective objective;
  private Iterator<LayerParameters> parameters;

  PlainDetector(TrainedDetector detector) {
    this.detector = detector;
    network = detector.network();
    objective = detector.objective();
  }

  /// @param raw [features], or of a window [steps x features]
  /// @param other what another twin said: of two equally likely words it may name either
  Explanation explain(float[] raw, Explanation other) {
    Preprocessor preprocessor = detector.preprocessor();
    int steps = detector.steps();
    float[] inputs = new float[steps * preprocessor.inputs()];
    preprocessor.apply(raw, steps, inputs);
    double[] x = doubles(inputs);
    parameters = detector.parameters().iterator();
    double[] latent = chain(network.encoder(), x);
    double kl = 0;
    if (network.variational().isPresent()) {
      double[] code = latent;
      latent = layer(network.variational().get().mean(), code);
      double[] logVariance = layer(network.variational().get().logVariance(), code);
      for (int i = 0; i < latent.length; i++) {
        kl += objective.prior().klDivergence(i, latent[i], logVariance[i]);
      }
      kl = reduced(objective.klReduction(), kl, latent.length);
    }
    List<LayerSpec> decoder = network.decoder();
    double[] hidden = chain(decoder.subList(0, decoder.size() - 1), latent);
    double[] reconstruction = layer(decoder.getLast(), hidden);
    double[] logVariance =
        network.outputLogVariance().map(head -> layer(head, hidden)).orElse(new double[x.length]);
    float[] errors = new float[x.length];
    double loss = 0;
    for (int i = 0; i < x.length; i++) {
      double s = Math.clamp(logVariance[i], -10, 10);
      double error = error(x[i], reconstruction[i], s);
      errors[i] = (float) error;
      loss += network.outputLogVariance().isPresent() ? 0.5 * (s + error) : error;
    }
    loss = reduced(objective.reconstructionReduction(), loss, x.length);
    float[] contribution = new float[raw.length];
    preprocessor.contribution(errors, 1, steps, contribution);
    return new Explanation(
        (float) score(x, latent, loss, kl),
        (float) loss,
        (float) kl,
        expected(raw, reconstruction, other),
        contribution,
        floats(latent));
  }

  private double score(double[] x, double[] latent, double loss, double kl) {
    Classifier head = network.classifier().orElse(null);
    if (head == null) {
      return detector.klWeight() == 0 ? loss : loss + detector.klWeight() * kl;
    }
    double[] given =
        switch (head.input()) {
          case LATENT -> latent;
          case RECONSTRUCTION_LOSS -> new double[] {loss};
          case LOSSES -> new double[] {loss, kl};
          case INPUTS -> x;
        };
    double probability = chain(head.layers(), given)[0];
    // What overflows the network is as anomalous as can be.
    return Double.isNaN(probability) ? 1 : probability;
  }

  private float[] expected(float[] raw, double[] reconstruction, Explanation other) {
    Preprocessor preprocessor = detector.preprocessor();
    float[] expected = new float[raw.length];
    preprocessor.expected(floats(reconstruction), detector.steps(), expected);
    int features = preprocessor.features().size();
    for (int i = 0; i < raw.length; i++) {
      int f = i % features;
      if (preprocessor.features().get(f) instanceof Category) {
        int first = i / features * preprocessor.inputs() + preprocessor.offset(f);
        int mine = first + (int) expected[i];
        int others = first + (int) other.expected()[i];
        boolean tie =
            reconstruction[mine] - reconstruction[others]
                <= 1e-5 * Math.max(1, Math.abs(reconstruction[mine]));
        expected[i] = tie ? other.expected()[i] : expected[i];
      }
    }
    return expected;
  }

  /// With a learned log-variance s, the squared error in units of the variance.
  private double error(double x, double y, double s) {
    return switch (objective.reconstruction()) {
      case MSE -> (x - y) * (x - y);
      case L1 -> Math.abs(x - y);
      case BCE -> {
        double p = Math.clamp(y, 1e-7, 1 - 1e-7);
        yield -x * Math.log(p) - (1 - x) * Math.log(1 - p);
      }
      case GAUSSIAN -> (x - y) * (x - y) * Math.exp(-s);
    };
  }

  private static double reduced(Reduction reduction, double sum, int terms) {
    return switch (reduction) {
      case MEAN -> sum / terms;
      case SUM -> sum;
    };
  }

  private double[] chain(List<LayerSpec> layers, double[] x) {
    double[] value = x;
    for (LayerSpec layer : layers) {
      value = layer(layer, value);
    }
    return value;
  }

  private double[] layer(LayerSpec layer, double[] x) {
    LayerParameters weights = parameters.next();
    return switch (layer) {
      case Dense dense -> {
        OfDense own = (OfDense) weights;
        yield activated(dense.activation(), affine(own.kernel(), own.bias(), x));
      }
      case StepDense dense -> {
        OfStepDense own = (OfStepDense) weights;
        yield PlainSequences.steps(
            dense,
            step -> activated(dense.activation(), affine(own.kernel(), own.bias(), step)),
            x);
      }
      case Lstm lstm -> {
        OfLstm own = (OfLstm) weights;
        yield PlainSequences.lstm(
            lstm, doubles(own.kernel()), doubles(own.recurrent()), doubles(own.bias()), x);
      }
      case Repeat repeat -> PlainSequences.repeat(repeat, x);
      case BatchNorm norm -> activated(norm.activation(), normal(norm, (OfBatchNorm) weights, x));
      case Dropout _ -> x;
    };
  }

  private static double[] affine(float[] kernel, float[] bias, double[] x) {
    double[] y = doubles(bias);
    for (int o = 0; o < y.length; o++) {
      for (int i = 0; i < x.length; i++) {
        y[o] += x[i] * kernel[i * y.length + o];
      }
    }
    return y;
  }

  private static double[] normal(BatchNorm layer, OfBatchNorm weights, double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      double deviation = Math.sqrt((double) weights.movingVariance()[i] + layer.epsilon());
      y[i] = weights.gamma()[i] * (x[i] - weights.movingMean()[i]) / deviation + weights.beta()[i];
    }
    return y;
  }

  private static double[] activated(Activation activation, double[] x) {
    return switch (activation) {
      case Linear _ -> x;
      case Relu _ -> Arrays.stream(x).map(v -> Math.max(v, 0)).toArray();
      case LeakyRelu leaky -> Arrays.stream(x).map(v -> v >= 0 ? v : leaky.alpha() * v).toArray();
      case Tanh _ -> Arrays.stream(x).map(Math::tanh).toArray();
      case Sigmoid _ -> Arrays.stream(x).map(v -> 1 / (1 + Math.exp(-v))).toArray();
      case HardSigmoid _ -> Arrays.stream(x).map(v -> Math.clamp(0.2 * v + 0.5, 0, 1)).toArray();
      case Softmax _ -> {
        double largest = Arrays.stream(x).max().orElseThrow();
        double sum = Arrays.stream(x).map(v -> Math.exp(v - largest)).sum();
        yield Arrays.stream(x).map(v -> Math.exp(v - largest) / sum).toArray();
      }
    };
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
