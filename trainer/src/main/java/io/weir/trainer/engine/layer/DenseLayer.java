package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.LayerSpec.Dense;

/// A dense layer with weights, working on a range of a batch's rows. Buffers are row-major; a row
/// of the input has [#inputWidth] floats, one of the output [#outputWidth].
///
/// The kernel is kept twice: in panels for the forward pass, and transposed in panels for the
/// gradient of the input. Whoever changes the first calls [#refreshTransposed].
public final class DenseLayer {
  private final Dense spec;
  private final Kernels kernels;
  private final int inputWidth;
  private final int outputWidth;
  private final float[] kernel;
  private final float[] transposed;
  private final float[] bias;
  private final float[] zeros;

  public DenseLayer(Dense spec, Kernels kernels) {
    this.spec = spec;
    this.kernels = kernels;
    inputWidth = Panels.padded(spec.inputs());
    outputWidth = Panels.padded(spec.outputs());
    kernel = new float[Math.multiplyExact(spec.inputs(), outputWidth)];
    transposed = new float[Math.multiplyExact(spec.outputs(), inputWidth)];
    bias = new float[outputWidth];
    zeros = new float[inputWidth];
  }

  public Dense spec() {
    return spec;
  }

  /// Floats in a row of the input.
  public int inputWidth() {
    return inputWidth;
  }

  /// Floats in a row of the output.
  public int outputWidth() {
    return outputWidth;
  }

  /// [inputs x outputs] in panels: the weights themselves, not a copy.
  public float[] kernel() {
    return kernel;
  }

  /// [outputWidth]: the weights themselves, not a copy.
  public float[] bias() {
    return bias;
  }

  /// Takes over weights.
  ///
  /// @param rowMajor [inputs x outputs]
  /// @param biases [outputs]
  public void load(float[] rowMajor, float[] biases) {
    Panels.pack(rowMajor, spec.inputs(), spec.outputs(), kernel);
    System.arraycopy(biases, 0, bias, 0, spec.outputs());
    for (int column = 0; column < spec.outputs(); column += Panels.WIDTH) {
      refreshTransposed(0, spec.inputs(), column);
    }
  }

  /// `y = activation(x W + b)` for rows [from, to).
  public void forward(float[] x, float[] y, int from, int to) {
    affine(x, y, from, to);
    int start = from * outputWidth;
    ActivationPass.forward(spec.activation(), kernels, y, start, (to - from) * outputWidth);
  }

  /// `y = x W + b` for rows [from, to).
  public void affine(float[] x, float[] y, int from, int to) {
    kernels.multiply(
        to - from,
        spec.inputs(),
        outputWidth,
        x,
        from * inputWidth,
        inputWidth,
        kernel,
        bias,
        0,
        0,
        y,
        from * outputWidth,
        outputWidth);
  }

  /// Turns the gradient of the output into the gradient before the activation, in place.
  public void activationGradient(float[] y, float[] dy, int from, int to) {
    int start = from * outputWidth;
    ActivationPass.backward(spec.activation(), kernels, y, dy, start, (to - from) * outputWidth);
  }

  /// `dx = dy Wᵀ` for rows [from, to), dy being the gradient before the activation.
  public void inputGradient(float[] dy, float[] dx, int from, int to) {
    inputGradient(dy, zeros, 0, 0, dx, from, to);
  }

  /// `dx += dy Wᵀ`, as [#inputGradient].
  public void addInputGradient(float[] dy, float[] dx, int from, int to) {
    inputGradient(dy, dx, from * inputWidth, inputWidth, dx, from, to);
  }

  private void inputGradient(
      float[] dy, float[] init, int io, int ldi, float[] dx, int from, int to) {
    kernels.multiply(
        to - from,
        spec.outputs(),
        inputWidth,
        dy,
        from * outputWidth,
        outputWidth,
        transposed,
        init,
        io,
        ldi,
        dx,
        from * inputWidth,
        inputWidth);
  }

  /// Copies kernel rows [from, to) of the panel at `column` into the transposed kernel.
  public void refreshTransposed(int from, int to, int column) {
    int columns = Math.min(Panels.WIDTH, spec.outputs() - column);
    int source = Panels.index(spec.inputs(), 0, column);
    for (int block = from; block < to; ) {
      int end = Math.min(to, (block & -Panels.WIDTH) + Panels.WIDTH);
      for (int c = 0; c < columns; c++) {
        int target = Panels.index(spec.outputs(), column + c, block);
        for (int r = block; r < end; r++) {
          transposed[target + r - block] = kernel[source + r * Panels.WIDTH + c];
        }
      }
      block = end;
    }
  }
}
