package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.kernel.Panels;

/// The weights of a layer that multiplies its input with a kernel, where the layer itself keeps
/// them: whoever trains changes them in place.
///
/// The kernel is kept twice: in panels for the forward pass, and transposed in panels for the
/// gradient of the input. Whoever changes the first calls [#refreshTransposed].
public interface PackedWeights {
  /// Rows of the kernel.
  int kernelRows();

  /// [kernelRows x bias.length] in panels: the weights themselves, not a copy.
  float[] kernel();

  /// A multiple of [Panels#WIDTH] long: the weights themselves, not a copy.
  float[] bias();

  /// Copies kernel rows [from, to) of the panel at `column` into the transposed kernel; `from` is a
  /// multiple of [Panels#WIDTH], and so is `to` unless it is the last row.
  void refreshTransposed(int from, int to, int column);
}
