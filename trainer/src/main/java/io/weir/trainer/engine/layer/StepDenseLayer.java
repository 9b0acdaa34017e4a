package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.kernel.Softmax;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;
import java.util.Arrays;

/// A dense layer that is applied to every step of a sequence with the same weights.
public final class StepDenseLayer implements AffineLayer {
  private final StepDense spec;
  private final Kernels kernels;
  private final int inputWidth;
  private final int outputWidth;
  private final PackedKernel weights;

  public StepDenseLayer(StepDense spec, Kernels kernels) {
    this.spec = spec;
    this.kernels = kernels;
    inputWidth = Panels.padded(spec.inputs());
    outputWidth = Panels.padded(spec.outputs());
    weights = new PackedKernel(spec.inputsPerStep(), spec.outputsPerStep(), kernels);
  }

  @Override
  public StepDense spec() {
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

  /// What training changes.
  public PackedKernel weights() {
    return weights;
  }

  @Override
  public void forward(float[] x, LayerBuffer buffer, int from, int to, Pass pass) {
    affine(x, buffer, from, to);
    float[] y = buffer.output();
    int columns = spec.outputsPerStep();
    switch (spec.activation()) {
      case Activation.Softmax() -> {
        for (int r = from; r < to; r++) {
          for (int step = 0; step < spec.steps(); step++) {
            int at = r * outputWidth + step * columns;
            Softmax.forward(1, columns, columns, y, at);
          }
        }
      }
      case Activation.Linear(),
          Activation.Relu(),
          Activation.LeakyRelu(float _),
          Activation.Tanh(),
          Activation.Sigmoid(),
          Activation.HardSigmoid() ->
          ActivationPass.forward(
              spec.activation(), kernels, y, from, to, spec.outputs(), outputWidth);
    }
  }

  @Override
  public void affine(float[] x, LayerBuffer buffer, int from, int to) {
    SequenceBuffer steps = buffer.sequence();
    int inputs = spec.inputsPerStep();
    int outputs = spec.outputsPerStep();
    for (int step = 0; step < spec.steps(); step++) {
      float[] xs = SequenceBuffer.slot(steps.inputs(), step);
      float[] ys = SequenceBuffer.slot(steps.outputs(), step);
      SequenceBuffer.gather(
          x, inputWidth, step * inputs, inputs, xs, 0, weights.inputStride(), from, to);
      weights.forward(xs, ys, from, to);
      SequenceBuffer.scatter(
          ys,
          0,
          weights.outputStride(),
          buffer.output(),
          outputWidth,
          step * outputs,
          outputs,
          from,
          to);
    }
  }

  @Override
  public void activationGradient(LayerBuffer buffer, int from, int to) {
    float[] y = buffer.output();
    float[] d = buffer.gradient();
    int columns = spec.outputsPerStep();
    switch (spec.activation()) {
      case Activation.Softmax() -> {
        for (int r = from; r < to; r++) {
          for (int step = 0; step < spec.steps(); step++) {
            int at = r * outputWidth + step * columns;
            Softmax.backward(1, columns, columns, y, d, at);
          }
        }
      }
      case Activation.Linear(),
          Activation.Relu(),
          Activation.LeakyRelu(float _),
          Activation.Tanh(),
          Activation.Sigmoid(),
          Activation.HardSigmoid() ->
          ActivationPass.backward(
              spec.activation(), kernels, y, d, from, to, spec.outputs(), outputWidth);
    }
  }

  @Override
  public void inputGradient(LayerBuffer buffer, float[] dx, int from, int to) {
    inputGradient(buffer, dx, from, to, false);
  }

  @Override
  public void addInputGradient(LayerBuffer buffer, float[] dx, int from, int to) {
    inputGradient(buffer, dx, from, to, true);
  }

  private void inputGradient(LayerBuffer buffer, float[] dx, int from, int to, boolean sum) {
    SequenceBuffer steps = buffer.sequence();
    int inputs = spec.inputsPerStep();
    int outputs = spec.outputsPerStep();
    int stride = weights.inputStride();
    for (int step = 0; step < spec.steps(); step++) {
      float[] dys = steps.outputs()[step];
      SequenceBuffer.gather(
          buffer.gradient(),
          outputWidth,
          step * outputs,
          outputs,
          dys,
          0,
          weights.outputStride(),
          from,
          to);
      if (dx == null) {
        continue;
      }
      float[] dxs = steps.inputGradient();
      weights.inputGradient(dys, dxs, inputs, from, to);
      if (sum) {
        for (int r = from; r < to; r++) {
          int at = r * inputWidth + step * inputs;
          for (int j = 0; j < inputs; j++) {
            dx[at + j] += dxs[r * stride + j];
          }
        }
      } else {
        SequenceBuffer.scatter(dxs, 0, stride, dx, inputWidth, step * inputs, inputs, from, to);
      }
    }
  }

  @Override
  public LayerParameters parameters() {
    int inputs = spec.inputsPerStep();
    int outputs = spec.outputsPerStep();
    float[] rowMajor = new float[inputs * outputs];
    Panels.unpack(weights.kernel(), inputs, outputs, rowMajor);
    return new LayerParameters.OfStepDense(
        inputs, outputs, rowMajor, Arrays.copyOf(weights.bias(), outputs));
  }

  @Override
  public void load(LayerParameters parameters) {
    if (!(parameters instanceof LayerParameters.OfStepDense dense) || !dense.fit(spec)) {
      throw new IllegalArgumentException(
          "Weights of %s do not fit steps of %d x %d"
              .formatted(parameters, spec.inputsPerStep(), spec.outputsPerStep()));
    }
    Panels.pack(dense.kernel(), dense.inputs(), dense.outputs(), weights.kernel());
    System.arraycopy(dense.bias(), 0, weights.bias(), 0, dense.outputs());
    weights.refreshTransposed();
  }
}
