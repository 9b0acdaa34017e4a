package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;

/// The weights of one layer in the plain layout that files and other frameworks use.
public sealed interface LayerParameters {
  /// Whether they belong to a layer like this.
  boolean fit(LayerSpec layer);

  /// Of a dense layer.
  ///
  /// @param kernel [inputs x outputs], row-major: `kernel[i * outputs + o]`
  /// @param bias [outputs]
  record OfDense(int inputs, int outputs, float[] kernel, float[] bias) implements LayerParameters {
    public OfDense {
      if (kernel.length != inputs * outputs || bias.length != outputs) {
        throw new IllegalArgumentException(
            "%d kernel and %d bias values do not fit a %d x %d layer"
                .formatted(kernel.length, bias.length, inputs, outputs));
      }
    }

    @Override
    public boolean fit(LayerSpec layer) {
      return layer instanceof Dense dense && dense.inputs() == inputs && dense.outputs() == outputs;
    }

    @Override
    public String toString() {
      return "dense %d x %d".formatted(inputs, outputs);
    }
  }

  /// Of batch normalisation, all [columns].
  record OfBatchNorm(float[] gamma, float[] beta, float[] movingMean, float[] movingVariance)
      implements LayerParameters {
    public OfBatchNorm {
      int columns = gamma.length;
      if (beta.length != columns
          || movingMean.length != columns
          || movingVariance.length != columns) {
        throw new IllegalArgumentException(
            "Batch normalisation of %d gammas with %d betas, %d means and %d variances"
                .formatted(columns, beta.length, movingMean.length, movingVariance.length));
      }
    }

    /// In scoring the layer is `x factor + shift`: the factors, [columns].
    public float[] factors(float epsilon) {
      float[] factors = new float[gamma.length];
      for (int i = 0; i < factors.length; i++) {
        factors[i] = factor(gamma[i], movingVariance[i], epsilon);
      }
      return factors;
    }

    /// In scoring the layer is `x factor + shift`: the shifts, [columns].
    public float[] shifts(float epsilon) {
      float[] shifts = factors(epsilon);
      for (int i = 0; i < shifts.length; i++) {
        shifts[i] = beta[i] - movingMean[i] * shifts[i];
      }
      return shifts;
    }

    static float factor(float gamma, float movingVariance, float epsilon) {
      return (float) (gamma / Math.sqrt((double) movingVariance + epsilon));
    }

    @Override
    public boolean fit(LayerSpec layer) {
      return layer instanceof BatchNorm norm && norm.columns() == gamma.length;
    }

    @Override
    public String toString() {
      return "batch normalisation of " + gamma.length;
    }
  }

  /// Of a dense layer for every step.
  ///
  /// @param kernel [inputs x outputs] of one step, row-major
  /// @param bias [outputs] of one step
  record OfStepDense(int inputs, int outputs, float[] kernel, float[] bias)
      implements LayerParameters {
    public OfStepDense {
      if (kernel.length != inputs * outputs || bias.length != outputs) {
        throw new IllegalArgumentException(
            "%d kernel and %d bias values do not fit steps of %d x %d"
                .formatted(kernel.length, bias.length, inputs, outputs));
      }
    }

    @Override
    public boolean fit(LayerSpec layer) {
      return layer instanceof StepDense dense
          && dense.inputsPerStep() == inputs
          && dense.outputsPerStep() == outputs;
    }

    @Override
    public String toString() {
      return "step dense %d x %d".formatted(inputs, outputs);
    }
  }

  /// Of an LSTM, the gates' columns in Keras' order i, f, c, o.
  ///
  /// @param inputs of one step
  /// @param kernel [inputs x 4 units], row-major
  /// @param recurrent [units x 4 units], row-major
  /// @param bias [4 units]
  record OfLstm(int inputs, int units, float[] kernel, float[] recurrent, float[] bias)
      implements LayerParameters {
    public OfLstm {
      if (kernel.length != inputs * 4 * units
          || recurrent.length != units * 4 * units
          || bias.length != 4 * units) {
        throw new IllegalArgumentException(
            "%d kernel, %d recurrent and %d bias values do not fit an LSTM of %d units on %d inputs"
                .formatted(kernel.length, recurrent.length, bias.length, units, inputs));
      }
    }

    @Override
    public boolean fit(LayerSpec layer) {
      return layer instanceof Lstm lstm && lstm.inputsPerStep() == inputs && lstm.units() == units;
    }

    @Override
    public String toString() {
      return "LSTM of %d units on %d inputs".formatted(units, inputs);
    }
  }

  /// Of a repetition, which has none.
  record OfRepeat() implements LayerParameters {
    @Override
    public boolean fit(LayerSpec layer) {
      return layer instanceof Repeat;
    }
  }

  /// Of dropout, which has none.
  record OfDropout() implements LayerParameters {
    @Override
    public boolean fit(LayerSpec layer) {
      return layer instanceof Dropout;
    }
  }
}
