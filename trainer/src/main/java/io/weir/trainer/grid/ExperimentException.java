package io.weir.trainer.grid;

/// The folder of an experiment cannot be used; the message says why and what would do.
public final class ExperimentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ExperimentException(String message) {
    super(message);
  }
}
