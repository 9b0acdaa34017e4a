package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;

/// What a layer leaves behind of every step of a batch's sequences: one array per step, row-major,
/// where a sequence's flat row would mix the steps' columns with their padding. Without gradients
/// the steps take turns in a few arrays; [#slot] tells which.
///
/// Rows are [#stride] floats apart, an odd number of cache lines: with a power of two they would
/// all fall into the same few sets of the first cache.
///
/// @param inputs [rows x inputs] of each step, and one more than there are steps; of an LSTM the
///   state before the step, padded, then the step's input
/// @param outputs [rows x outputs]: of an LSTM the gates, after the backward pass their gradient;
///   of a dense layer the values, then their gradient
/// @param cells [rows x units] of an LSTM, before each step and after the last
/// @param tanhs [rows x units] of an LSTM, hyperbolic tangents of the cells after each step
/// @param inputGradient [rows x inputs] of one step; null without gradients
/// @param cellGradient [rows x units] of an LSTM; null without gradients
public record SequenceBuffer(
    float[][] inputs,
    float[][] outputs,
    float[][] cells,
    float[][] tanhs,
    float[] inputGradient,
    float[] cellGradient) {
  static SequenceBuffer of(Lstm layer, int rows, boolean gradients) {
    int units = Panels.padded(layer.units());
    int inputs = size(rows, units + layer.inputsPerStep());
    int after = gradients ? layer.steps() + 1 : 2;
    int slots = gradients ? layer.steps() : 1;
    return new SequenceBuffer(
        new float[after][inputs],
        new float[slots][size(rows, 4 * units)],
        new float[after][size(rows, units)],
        new float[slots][size(rows, units)],
        gradients ? new float[inputs] : null,
        gradients ? new float[size(rows, units)] : null);
  }

  static SequenceBuffer of(StepDense layer, int rows, boolean gradients) {
    int inputs = size(rows, layer.inputsPerStep());
    int slots = gradients ? layer.steps() : 1;
    return new SequenceBuffer(
        new float[slots][inputs],
        new float[slots][size(rows, layer.outputsPerStep())],
        null,
        null,
        gradients ? new float[inputs] : null,
        null);
  }

  private static int size(int rows, int columns) {
    return Math.multiplyExact(rows, stride(columns));
  }

  /// Floats from row to row.
  public static int stride(int columns) {
    return (Panels.padded(columns) / Panels.WIDTH | 1) * Panels.WIDTH;
  }

  /// The array of a step.
  static float[] slot(float[][] steps, int step) {
    return steps[step % steps.length];
  }

  /// From a step's columns of flat rows to rows of its own.
  ///
  /// @param flat rows of `width` floats
  /// @param column in both the first to be copied
  static void gather(
      float[] flat,
      int width,
      int column,
      int columns,
      float[] step,
      int offset,
      int stride,
      int from,
      int to) {
    for (int r = from; r < to; r++) {
      System.arraycopy(flat, r * width + column, step, r * stride + offset, columns);
    }
  }

  /// The other direction of [#gather].
  static void scatter(
      float[] step,
      int offset,
      int stride,
      float[] flat,
      int width,
      int column,
      int columns,
      int from,
      int to) {
    for (int r = from; r < to; r++) {
      System.arraycopy(step, r * stride + offset, flat, r * width + column, columns);
    }
  }
}
