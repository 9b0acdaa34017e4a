package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import java.util.Arrays;

/// Batch normalisation. All sums run over the rows in their order. Plain loops over columns, which
/// the compiler vectorises; the same bits with every kernel.
public final class BatchNormLayer implements Layer {
  /// Rows of sums behind the normalised values in [LayerBuffer#kept]: `1 / deviation`, and the
  /// gradients of gamma and beta.
  static final int SUMS = 3;

  private final BatchNorm spec;
  private final Kernels kernels;
  private final int width;
  private final float[] gamma;
  private final float[] beta;
  private final float[] movingMean;
  private final float[] movingVariance;
  private final float[] mean;
  private final float[] variance;
  private final float[] factor;
  private final float[] shift;

  public BatchNormLayer(BatchNorm spec, Kernels kernels) {
    this.spec = spec;
    this.kernels = kernels;
    width = Panels.padded(spec.columns());
    gamma = new float[width];
    beta = new float[width];
    movingMean = new float[width];
    movingVariance = new float[width];
    mean = new float[width];
    variance = new float[width];
    factor = new float[width];
    shift = new float[width];
    Arrays.fill(gamma, 0, spec.columns(), 1f);
    Arrays.fill(movingVariance, 1f);
  }

  @Override
  public BatchNorm spec() {
    return spec;
  }

  @Override
  public int inputWidth() {
    return width;
  }

  @Override
  public int outputWidth() {
    return width;
  }

  /// [width]: the weights themselves, not a copy.
  public float[] gamma() {
    return gamma;
  }

  /// [width]: the weights themselves, not a copy.
  public float[] beta() {
    return beta;
  }

  /// Where [LayerBuffer#kept] has the gradient of gamma after a backward pass; that of beta follows
  /// [#outputWidth] floats later.
  public int gradientOffset(LayerBuffer buffer) {
    return buffer.kept().length - 2 * width;
  }

  @Override
  public boolean couplesRows() {
    return true;
  }

  @Override
  public void forward(float[] x, LayerBuffer buffer, int from, int to, Pass pass) {
    switch (pass) {
      case SCORING -> score(x, buffer.output(), from, to);
      case TRAINING -> learn(x, buffer, from, to);
    }
    ActivationPass.forward(
        spec.activation(), kernels, buffer.output(), from, to, spec.columns(), width);
  }

  private void score(float[] x, float[] y, int from, int to) {
    for (int j = 0; j < width; j++) {
      factor[j] = LayerParameters.OfBatchNorm.factor(gamma[j], movingVariance[j], spec.epsilon());
      shift[j] = beta[j] - movingMean[j] * factor[j];
    }
    for (int r = from; r < to; r++) {
      for (int j = 0; j < width; j++) {
        y[r * width + j] = x[r * width + j] * factor[j] + shift[j];
      }
    }
  }

  private void learn(float[] x, LayerBuffer buffer, int from, int to) {
    float[] kept = buffer.kept();
    int deviations = kept.length - SUMS * width;
    float perRow = 1f / (to - from);
    moments(x, from, to, perRow);
    for (int j = 0; j < width; j++) {
      kept[deviations + j] = (float) (1 / Math.sqrt((double) variance[j] + spec.epsilon()));
      movingMean[j] += (mean[j] - movingMean[j]) * (1 - spec.momentum());
      movingVariance[j] += (variance[j] - movingVariance[j]) * (1 - spec.momentum());
    }
    float[] y = buffer.output();
    for (int r = from; r < to; r++) {
      int row = r * width;
      for (int j = 0; j < width; j++) {
        float normalised = (x[row + j] - mean[j]) * kept[deviations + j];
        kept[row + j] = normalised;
        y[row + j] = normalised * gamma[j] + beta[j];
      }
    }
  }

  private void moments(float[] x, int from, int to, float perRow) {
    Arrays.fill(mean, 0f);
    Arrays.fill(variance, 0f);
    for (int r = from; r < to; r++) {
      for (int j = 0; j < width; j++) {
        mean[j] += x[r * width + j];
      }
    }
    for (int j = 0; j < width; j++) {
      mean[j] *= perRow;
    }
    for (int r = from; r < to; r++) {
      for (int j = 0; j < width; j++) {
        float away = x[r * width + j] - mean[j];
        variance[j] += away * away;
      }
    }
    for (int j = 0; j < width; j++) {
      variance[j] *= perRow;
    }
  }

  @Override
  public void backward(LayerBuffer buffer, float[] dx, int from, int to) {
    float[] dy = buffer.gradient();
    float[] kept = buffer.kept();
    ActivationPass.backward(
        spec.activation(), kernels, buffer.output(), dy, from, to, spec.columns(), width);
    int deviations = kept.length - SUMS * width;
    int dGamma = gradientOffset(buffer);
    int dBeta = dGamma + width;
    Arrays.fill(kept, dGamma, kept.length, 0f);
    for (int r = from; r < to; r++) {
      int row = r * width;
      for (int j = 0; j < width; j++) {
        kept[dGamma + j] += dy[row + j] * kept[row + j];
        kept[dBeta + j] += dy[row + j];
      }
    }
    if (dx == null) {
      return;
    }
    float perRow = 1f / (to - from);
    for (int r = from; r < to; r++) {
      int row = r * width;
      for (int j = 0; j < width; j++) {
        float common = (kept[dBeta + j] + kept[row + j] * kept[dGamma + j]) * perRow;
        dx[row + j] = gamma[j] * kept[deviations + j] * (dy[row + j] - common);
      }
    }
  }

  @Override
  public LayerParameters parameters() {
    int columns = spec.columns();
    return new LayerParameters.OfBatchNorm(
        Arrays.copyOf(gamma, columns),
        Arrays.copyOf(beta, columns),
        Arrays.copyOf(movingMean, columns),
        Arrays.copyOf(movingVariance, columns));
  }

  @Override
  public void load(LayerParameters parameters) {
    if (!(parameters instanceof LayerParameters.OfBatchNorm norm) || !norm.fit(spec)) {
      throw new IllegalArgumentException(
          "Weights of %s do not fit batch normalisation of %d columns"
              .formatted(parameters, spec.columns()));
    }
    int columns = spec.columns();
    System.arraycopy(norm.gamma(), 0, gamma, 0, columns);
    System.arraycopy(norm.beta(), 0, beta, 0, columns);
    System.arraycopy(norm.movingMean(), 0, movingMean, 0, columns);
    System.arraycopy(norm.movingVariance(), 0, movingVariance, 0, columns);
  }
}
