package io.weir.trainer.onnx;

/// Widths at which ONNX Runtime computes logarithms, powers, sines, cosines and arctangents the
/// same way in every row.
///
/// It takes most of an array by vector instructions and the rest, shorter than a vector, one by
/// one, with another polynomial and other last bits. Whether an element belongs to the rest depends
/// on the size of the batch, unless the rows are whole vectors. So such operators are given rows
/// padded to a multiple of [#COUNT], and a row's score and explanation do not depend on its
/// neighbours. (Sums by `ReduceMean` have the same fault; a product with a constant vector does
/// not.)
final class Lanes {
  /// The floats of the widest vector in use, 512 bits.
  static final int COUNT = 16;

  private Lanes() {}

  /// `indices`, followed by repeats of the last one up to a multiple of [#COUNT].
  static int[] padded(int[] indices) {
    int[] padded = new int[(indices.length + COUNT - 1) / COUNT * COUNT];
    for (int i = 0; i < padded.length; i++) {
      padded[i] = indices[Math.min(i, indices.length - 1)];
    }
    return padded;
  }

  /// Whether the indices are 0, 1, 2, ... up to `width`.
  static boolean isIdentity(int[] indices, int width) {
    boolean identity = indices.length == width;
    for (int i = 0; identity && i < width; i++) {
      identity = indices[i] == i;
    }
    return identity;
  }
}
