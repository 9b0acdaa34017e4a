package io.weir.trainer.publish;

import io.weir.detector.Deviation;

/// The file does not say what the engine says; it is not published. A fault of Weir or of this
/// machine's ONNX Runtime, never of the data.
public final class ParityException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Deviation worst;

  ParityException(String row, Deviation worst, String runtime) {
    super(
        "Not published: the ONNX file and the engine disagree on %s: %s, with %s. Please report this with the training settings."
            .formatted(row, worst, runtime));
    this.worst = worst;
  }

  /// The output that is furthest off: expected from the engine, actual from ONNX Runtime.
  public Deviation worst() {
    return worst;
  }
}
