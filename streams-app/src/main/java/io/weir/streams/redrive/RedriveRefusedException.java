package io.weir.streams.redrive;

/// Dead letters cannot be redriven, for a reason that an operator can put right.
public final class RedriveRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  RedriveRefusedException(String message) {
    super(message);
  }
}
