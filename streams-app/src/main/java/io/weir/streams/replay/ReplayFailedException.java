package io.weir.streams.replay;

/// A replay that cannot begin or go on. The message says the value, the rule, the cure.
public final class ReplayFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  public ReplayFailedException(String message) {
    super(message);
  }

  public ReplayFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
