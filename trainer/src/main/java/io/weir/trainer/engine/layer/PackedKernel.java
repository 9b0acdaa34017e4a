package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;

/// A kernel and a bias that are applied to steps of a sequence: `y = x W + b`, x [rows x inputs], W
/// [inputs x outputs]. Rows of x, y and their gradients are [SequenceBuffer#stride] floats apart.
public final class PackedKernel implements PackedWeights {
  private final int inputs;
  private final int outputs;
  private final int inputStride;
  private final int outputStride;
  private final Kernels kernels;
  private final float[] kernel;
  private final float[] transposed;
  private final float[] bias;
  private final float[] zeros;

  PackedKernel(int inputs, int outputs, Kernels kernels) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.kernels = kernels;
    inputStride = SequenceBuffer.stride(inputs);
    outputStride = SequenceBuffer.stride(outputs);
    bias = new float[Panels.padded(outputs)];
    kernel = new float[Math.multiplyExact(inputs, bias.length)];
    transposed = new float[Math.multiplyExact(outputs, Panels.padded(inputs))];
    zeros = new float[Panels.padded(inputs)];
  }

  @Override
  public int kernelRows() {
    return inputs;
  }

  @Override
  public float[] kernel() {
    return kernel;
  }

  @Override
  public float[] bias() {
    return bias;
  }

  /// Floats from row to row of the inputs.
  public int inputStride() {
    return inputStride;
  }

  /// Floats from row to row of the outputs.
  public int outputStride() {
    return outputStride;
  }

  /// `y = x W + b` for rows [from, to).
  void forward(float[] x, float[] y, int from, int to) {
    kernels.multiply(
        to - from,
        inputs,
        bias.length,
        x,
        from * inputStride,
        inputStride,
        kernel,
        bias,
        0,
        0,
        1f,
        y,
        from * outputStride,
        outputStride);
  }

  /// The first columns of `dx = dy Wᵀ` for rows [from, to).
  ///
  /// @param columns at least so many are computed
  void inputGradient(float[] dy, float[] dx, int columns, int from, int to) {
    kernels.multiply(
        to - from,
        outputs,
        Panels.padded(columns),
        dy,
        from * outputStride,
        outputStride,
        transposed,
        zeros,
        0,
        0,
        1f,
        dx,
        from * inputStride,
        inputStride);
  }

  @Override
  public void refreshTransposed(int from, int to, int column) {
    int columns = Math.min(Panels.WIDTH, outputs - column);
    int source = Panels.index(inputs, 0, column);
    for (int row = from; row < to; row += Panels.WIDTH) {
      int rows = Math.min(Panels.WIDTH, to - row);
      int target = Panels.index(outputs, column, row);
      kernels.transpose(rows, columns, kernel, source + row * Panels.WIDTH, transposed, target);
    }
  }

  /// As [#refreshTransposed], everything.
  void refreshTransposed() {
    for (int column = 0; column < outputs; column += Panels.WIDTH) {
      refreshTransposed(0, inputs, column);
    }
  }
}
