package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import java.util.Arrays;

/// An LSTM. One call takes its rows through all steps, so that threads that share a batch never
/// wait for each other.
///
/// Both kernels are one: a step's input is the state before it, padded to a whole panel, and behind
/// it what enters at the step; the kernel's rows are in the same order. Each of the four gates has
/// whole panels of columns, too. Where units are no multiple of [Panels#WIDTH], the weights of the
/// padding are zero, and stay zero in training.
public final class LstmLayer implements Layer {
  private static final int GATES = 4;

  private final Lstm spec;
  private final Kernels kernels;
  private final int inputWidth;
  private final int outputWidth;
  private final int units;
  private final int cellStride;
  private final PackedKernel weights;

  public LstmLayer(Lstm spec, Kernels kernels) {
    this.spec = spec;
    this.kernels = kernels;
    inputWidth = Panels.padded(spec.inputs());
    outputWidth = Panels.padded(spec.outputs());
    units = Panels.padded(spec.units());
    cellStride = SequenceBuffer.stride(units);
    weights = new PackedKernel(units + spec.inputsPerStep(), GATES * units, kernels);
  }

  @Override
  public Lstm spec() {
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
  public boolean couplesRows() {
    return false;
  }

  /// What training changes, padding included.
  public PackedKernel weights() {
    return weights;
  }

  @Override
  public void forward(float[] x, LayerBuffer buffer, int from, int to, Pass pass) {
    SequenceBuffer steps = buffer.sequence();
    int inputs = spec.inputsPerStep();
    int stride = weights.inputStride();
    clear(SequenceBuffer.slot(steps.inputs(), 0), stride, from, to);
    clear(SequenceBuffer.slot(steps.cells(), 0), cellStride, from, to);
    for (int step = 0; step < spec.steps(); step++) {
      float[] entering = SequenceBuffer.slot(steps.inputs(), step);
      SequenceBuffer.gather(
          x, inputWidth, step * inputs, inputs, entering, units, stride, from, to);
      float[] gates = SequenceBuffer.slot(steps.outputs(), step);
      weights.forward(entering, gates, from, to);
      float[] state = SequenceBuffer.slot(steps.inputs(), step + 1);
      kernels.lstmCell(
          to - from,
          units,
          gates,
          from * weights.outputStride(),
          weights.outputStride(),
          SequenceBuffer.slot(steps.cells(), step),
          SequenceBuffer.slot(steps.cells(), step + 1),
          SequenceBuffer.slot(steps.tanhs(), step),
          from * cellStride,
          cellStride,
          state,
          from * stride,
          stride);
      if (spec.sequence() || step == spec.steps() - 1) {
        int column = spec.sequence() ? step * spec.units() : 0;
        SequenceBuffer.scatter(
            state, 0, stride, buffer.output(), outputWidth, column, spec.units(), from, to);
      }
    }
  }

  private static void clear(float[] rows, int stride, int from, int to) {
    Arrays.fill(rows, from * stride, to * stride, 0f);
  }

  /// The gates that the forward pass left behind become their gradient.
  @Override
  public void backward(LayerBuffer buffer, float[] dx, int from, int to) {
    SequenceBuffer steps = buffer.sequence();
    int inputs = spec.inputsPerStep();
    int stride = weights.inputStride();
    float[] dState = steps.inputGradient();
    clear(dState, stride, from, to);
    clear(steps.cellGradient(), cellStride, from, to);
    int wanted = dx == null ? units : units + inputs;
    for (int step = spec.steps() - 1; step >= 0; step--) {
      addOutputGradient(buffer.gradient(), step, dState, from, to);
      float[] gates = steps.outputs()[step];
      kernels.lstmCellGradient(
          to - from,
          units,
          gates,
          from * weights.outputStride(),
          weights.outputStride(),
          steps.cells()[step],
          steps.tanhs()[step],
          steps.cellGradient(),
          from * cellStride,
          cellStride,
          dState,
          from * stride,
          stride);
      if (step > 0 || dx != null) {
        weights.inputGradient(gates, dState, wanted, from, to);
      }
      if (dx != null) {
        SequenceBuffer.scatter(
            dState, units, stride, dx, inputWidth, step * inputs, inputs, from, to);
      }
    }
  }

  private void addOutputGradient(float[] dy, int step, float[] dState, int from, int to) {
    if (!spec.sequence() && step < spec.steps() - 1) {
      return;
    }
    int column = spec.sequence() ? step * spec.units() : 0;
    int stride = weights.inputStride();
    for (int r = from; r < to; r++) {
      int row = r * outputWidth + column;
      for (int j = 0; j < spec.units(); j++) {
        dState[r * stride + j] += dy[row + j];
      }
    }
  }

  @Override
  public LayerParameters parameters() {
    int real = spec.units();
    int inputs = spec.inputsPerStep();
    int columns = GATES * real;
    float[] kernel = new float[inputs * columns];
    float[] recurrent = new float[real * columns];
    float[] bias = new float[columns];
    for (int c = 0; c < columns; c++) {
      int packed = packed(c);
      bias[c] = weights.bias()[packed];
      for (int i = 0; i < real; i++) {
        recurrent[i * columns + c] = weights.kernel()[at(i, packed)];
      }
      for (int i = 0; i < inputs; i++) {
        kernel[i * columns + c] = weights.kernel()[at(units + i, packed)];
      }
    }
    return new LayerParameters.OfLstm(inputs, real, kernel, recurrent, bias);
  }

  @Override
  public void load(LayerParameters parameters) {
    if (!(parameters instanceof LayerParameters.OfLstm lstm) || !lstm.fit(spec)) {
      throw new IllegalArgumentException(
          "Weights of %s do not fit an LSTM of %d units on %d inputs"
              .formatted(parameters, spec.units(), spec.inputsPerStep()));
    }
    int real = spec.units();
    int columns = GATES * real;
    for (int c = 0; c < columns; c++) {
      int packed = packed(c);
      weights.bias()[packed] = lstm.bias()[c];
      for (int i = 0; i < real; i++) {
        weights.kernel()[at(i, packed)] = lstm.recurrent()[i * columns + c];
      }
      for (int i = 0; i < spec.inputsPerStep(); i++) {
        weights.kernel()[at(units + i, packed)] = lstm.kernel()[i * columns + c];
      }
    }
    weights.refreshTransposed();
  }

  /// Where a column of the gates is once each gate is padded.
  private int packed(int column) {
    return column / spec.units() * units + column % spec.units();
  }

  private int at(int row, int column) {
    return Panels.index(weights.kernelRows(), row, column);
  }
}
