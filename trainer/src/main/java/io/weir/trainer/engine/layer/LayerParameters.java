package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;

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

  /// Of dropout, which has none.
  record OfDropout() implements LayerParameters {
    @Override
    public boolean fit(LayerSpec layer) {
      return layer instanceof Dropout;
    }
  }
}
