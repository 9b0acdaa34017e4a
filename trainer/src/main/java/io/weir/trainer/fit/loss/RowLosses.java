package io.weir.trainer.fit.loss;

import io.weir.trainer.engine.network.Inference;

/// The losses of single rows, from a deterministic forward pass: what a score is made of.
///
/// @param reconstruction [rows], not multiplied by its weight
/// @param klDivergence [rows], not multiplied by beta; 0 for plain autoencoders
public record RowLosses(double[] reconstruction, double[] klDivergence) {
  private static final float MIN_PROBABILITY = 1e-7f;
  private static final float MAX_PROBABILITY = (float) (1 - 1e-7);

  /// @param inputs [rows x columns], what `outputs` was computed from
  public static RowLosses of(Objective objective, float[] inputs, Inference.Outputs outputs) {
    int rows = outputs.rows();
    double[] reconstruction = new double[rows];
    double[] klDivergence = new double[rows];
    int columns = rows == 0 ? 0 : inputs.length / rows;
    int latent = rows == 0 ? 0 : outputs.latentLogVariance().length / rows;
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int i = r * columns; i < (r + 1) * columns; i++) {
        sum += element(objective.reconstruction(), inputs[i], outputs, i);
      }
      reconstruction[r] = reduce(objective.reconstructionReduction(), sum, columns);
      double kl = 0;
      for (int j = 0; j < latent; j++) {
        double mean = outputs.latentMean()[r * latent + j];
        double logVariance = outputs.latentLogVariance()[r * latent + j];
        kl += objective.prior().klDivergence(j, mean, logVariance);
      }
      klDivergence[r] = latent == 0 ? 0 : reduce(objective.klReduction(), kl, latent);
    }
    return new RowLosses(reconstruction, klDivergence);
  }

  /// `reconstruction + klWeight * KL` of a row.
  public double score(int row, double klWeight) {
    return reconstruction[row] + klWeight * klDivergence[row];
  }

  /// The share of one output.
  ///
  /// @param i where it is in the outputs
  public static double element(
      Reconstruction reconstruction, float x, Inference.Outputs outputs, int i) {
    float y = outputs.reconstruction()[i];
    return switch (reconstruction) {
      case MSE -> ((double) y - x) * ((double) y - x);
      case L1 -> Math.abs((double) y - x);
      case BCE -> {
        // Clipped in float: 1 - 1e-7 is another number in double, and frameworks compute in float.
        float p = Math.clamp(y, MIN_PROBABILITY, MAX_PROBABILITY);
        yield -(x * Math.log(p) + (1.0 - x) * Math.log(1f - p));
      }
      case GAUSSIAN -> {
        float bound = Reconstruction.LARGEST_LOG_VARIANCE;
        double s = Math.clamp(outputs.outputLogVariance()[i], -bound, bound);
        yield 0.5 * (s + ((double) y - x) * ((double) y - x) * Math.exp(-s));
      }
    };
  }

  private static double reduce(Reduction reduction, double sum, int elements) {
    return switch (reduction) {
      case MEAN -> sum / elements;
      case SUM -> sum;
    };
  }
}
