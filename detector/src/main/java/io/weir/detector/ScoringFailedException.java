package io.weir.detector;

/// ONNX Runtime failed on a detector that had reproduced its golden vectors: memory ran out, or the
/// native library is broken. Nothing about the rows of the batch is known.
public final class ScoringFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScoringFailedException(String origin, int rows, Throwable cause) {
    super("ONNX Runtime failed on %d rows of model %s".formatted(rows, origin), cause);
  }
}
