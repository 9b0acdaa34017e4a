package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;
import io.weir.trainer.engine.random.RandomStream;
import java.util.Arrays;

/// Draws the first weights of a layer.
public final class Initialization {
  /// Standard deviation of a standard normal truncated at ±2 (Keras' `VarianceScaling`).
  private static final double TRUNCATED_DEVIATION = 0.87962566103423978;

  private Initialization() {}

  /// The first weights of a layer.
  public static LayerParameters draw(LayerSpec layer, RandomStream random) {
    return switch (layer) {
      case Dense dense -> {
        float[] kernel = new float[dense.inputs() * dense.outputs()];
        float[] bias = new float[dense.outputs()];
        draw(dense.initializer(), dense.inputs(), dense.outputs(), random, kernel, bias);
        yield new LayerParameters.OfDense(dense.inputs(), dense.outputs(), kernel, bias);
      }
      case BatchNorm norm -> {
        float[] gamma = new float[norm.columns()];
        float[] variance = new float[norm.columns()];
        Arrays.fill(gamma, 1f);
        Arrays.fill(variance, 1f);
        yield new LayerParameters.OfBatchNorm(
            gamma, new float[norm.columns()], new float[norm.columns()], variance);
      }
      case Dropout _ -> new LayerParameters.OfDropout();
      case StepDense dense -> {
        int inputs = dense.inputsPerStep();
        int outputs = dense.outputsPerStep();
        float[] kernel = new float[inputs * outputs];
        float[] bias = new float[outputs];
        draw(dense.initializer(), inputs, outputs, random, kernel, bias);
        yield new LayerParameters.OfStepDense(inputs, outputs, kernel, bias);
      }
      case Lstm lstm -> draw(lstm, random);
      case Repeat _ -> new LayerParameters.OfRepeat();
    };
  }

  /// As Keras: kernel Glorot uniform, recurrent kernel orthogonal, bias 0 but 1 for the forget gate
  /// (Jozefowicz et al., 2015).
  private static LayerParameters draw(Lstm lstm, RandomStream random) {
    int units = lstm.units();
    int inputs = lstm.inputsPerStep();
    float[] kernel = new float[inputs * 4 * units];
    uniform(random, Math.sqrt(6.0 / (inputs + 4 * units)), kernel);
    float[] bias = new float[4 * units];
    Arrays.fill(bias, units, 2 * units, 1f);
    float[] recurrent = Orthogonal.rows(units, 4 * units, random);
    return new LayerParameters.OfLstm(inputs, units, kernel, recurrent, bias);
  }

  /// Fills kernel and bias of a dense layer.
  ///
  /// @param kernel [inputs x outputs], row-major
  /// @param bias [outputs]
  static void draw(
      Initializer initializer,
      int inputs,
      int outputs,
      RandomStream random,
      float[] kernel,
      float[] bias) {
    switch (initializer) {
      case GLOROT_UNIFORM -> uniform(random, Math.sqrt(6.0 / (inputs + outputs)), kernel);
      case HE_NORMAL ->
          truncatedNormal(random, Math.sqrt(2.0 / inputs) / TRUNCATED_DEVIATION, kernel);
      case FAN_IN_UNIFORM -> {
        double limit = 1 / Math.sqrt(inputs);
        uniform(random, limit, kernel);
        uniform(random, limit, bias);
      }
    }
  }

  private static void uniform(RandomStream random, double limit, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
  }

  private static void truncatedNormal(RandomStream random, double deviation, float[] values) {
    for (int i = 0; i < values.length; i++) {
      double z = random.nextGaussian();
      while (Math.abs(z) > 2) {
        z = random.nextGaussian();
      }
      values[i] = (float) (z * deviation);
    }
  }
}
