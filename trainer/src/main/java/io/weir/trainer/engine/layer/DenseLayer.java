package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import java.util.Arrays;

/// A dense layer with weights, working on a range of a batch's rows. Buffers are row-major; a row
/// of the input has [#inputWidth] floats, one of the output [#outputWidth].
///
/// The kernel is kept twice: in panels for the forward pass, and transposed in panels for the
/// gradient of the input. Whoever changes the first calls [#refreshTransposed].
public final class DenseLayer implements AffineLayer, PackedWeights {
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

  @Override
  public Dense spec() {
    return spec;
  }

  @Override
  public int inputWidth() {
    return inputWidth;
  }

  @Override
  public int outputWidth() {
    return outputWidth;
  }

  @Override
  public int kernelRows() {
    return spec.inputs();
  }

  @Override
  public float[] kernel() {
    return kernel;
  }

  @Override
  public float[] bias() {
    return bias;
  }

  @Override
  public LayerParameters parameters() {
    float[] rowMajor = new float[spec.inputs() * spec.outputs()];
    Panels.unpack(kernel, spec.inputs(), spec.outputs(), rowMajor);
    return new LayerParameters.OfDense(
        spec.inputs(), spec.outputs(), rowMajor, Arrays.copyOf(bias, spec.outputs()));
  }

  @Override
  public void load(LayerParameters parameters) {
    if (!(parameters instanceof LayerParameters.OfDense dense) || !dense.fit(spec)) {
      throw new IllegalArgumentException(
          "Weights of %s do not fit a dense layer of %d x %d"
              .formatted(parameters, spec.inputs(), spec.outputs()));
    }
    Panels.pack(dense.kernel(), spec.inputs(), spec.outputs(), kernel);
    System.arraycopy(dense.bias(), 0, bias, 0, spec.outputs());
    for (int column = 0; column < spec.outputs(); column += Panels.WIDTH) {
      refreshTransposed(0, spec.inputs(), column);
    }
  }

  @Override
  public void forward(float[] x, LayerBuffer buffer, int from, int to, Pass pass) {
    float[] y = buffer.output();
    switch (spec.activation()) {
      case Activation.Linear() -> affine(x, y, from, to);
      case Activation.Relu() -> leakyAffine(x, y, from, to, 0f);
      case Activation.LeakyRelu(float slope) -> leakyAffine(x, y, from, to, slope);
      case Activation.Tanh(),
          Activation.Sigmoid(),
          Activation.HardSigmoid(),
          Activation.Softmax() -> {
        affine(x, y, from, to);
        ActivationPass.forward(
            spec.activation(), kernels, y, from, to, spec.outputs(), outputWidth);
      }
    }
  }

  @Override
  public void affine(float[] x, LayerBuffer buffer, int from, int to) {
    affine(x, buffer.output(), from, to);
  }

  private void affine(float[] x, float[] y, int from, int to) {
    leakyAffine(x, y, from, to, 1f);
  }

  private void leakyAffine(float[] x, float[] y, int from, int to, float slope) {
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
        slope,
        y,
        from * outputWidth,
        outputWidth);
  }

  @Override
  public void activationGradient(LayerBuffer buffer, int from, int to) {
    ActivationPass.backward(
        spec.activation(),
        kernels,
        buffer.output(),
        buffer.gradient(),
        from,
        to,
        spec.outputs(),
        outputWidth);
  }

  @Override
  public void inputGradient(LayerBuffer buffer, float[] dx, int from, int to) {
    if (dx != null) {
      inputGradient(buffer.gradient(), zeros, 0, 0, dx, from, to);
    }
  }

  @Override
  public void addInputGradient(LayerBuffer buffer, float[] dx, int from, int to) {
    inputGradient(buffer.gradient(), dx, from * inputWidth, inputWidth, dx, from, to);
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
        1f,
        dx,
        from * inputWidth,
        inputWidth);
  }

  @Override
  public void refreshTransposed(int from, int to, int column) {
    int columns = Math.min(Panels.WIDTH, spec.outputs() - column);
    int source = Panels.index(spec.inputs(), 0, column);
    for (int row = from; row < to; row += Panels.WIDTH) {
      int rows = Math.min(Panels.WIDTH, to - row);
      int target = Panels.index(spec.outputs(), column, row);
      kernels.transpose(rows, columns, kernel, source + row * Panels.WIDTH, transposed, target);
    }
  }
}
