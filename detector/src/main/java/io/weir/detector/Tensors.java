package io.weir.detector;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/// The tensors of a detector's graph, and direct memory for them.
final class Tensors {
  static final String FEATURES = "features";
  static final String SCORE = "score";
  static final String RECONSTRUCTION_LOSS = "reconstruction_loss";
  static final String KL_DIVERGENCE = "kl_divergence";
  static final String EXPECTED = "expected";
  static final String CONTRIBUTION = "contribution";
  static final String LATENT = "latent";

  private Tensors() {}

  /// Direct memory in native order, which ONNX Runtime reads and writes in place.
  static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /// A view of the first elements of `memory` with a value for each feature of a row, [rows x
  /// features] or, of windows, [rows x steps x features].
  static OnnxTensor rows(FloatBuffer memory, int rows, RowShape shape) throws OrtException {
    return shape.steps() == 1
        ? view(memory, rows, shape.features())
        : view(memory, rows, shape.steps(), shape.features());
  }

  /// A view of the first elements of `memory`, [rows], [rows x columns] and so on.
  static OnnxTensor view(FloatBuffer memory, int... shape) throws OrtException {
    long[] dimensions = new long[shape.length];
    int size = 1;
    for (int i = 0; i < shape.length; i++) {
      dimensions[i] = shape[i];
      size *= shape[i];
    }
    return OnnxTensor.createTensor(SharedSession.ENVIRONMENT, memory.slice(0, size), dimensions);
  }
}
