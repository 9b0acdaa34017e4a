package io.weir.streams.ops;

/// The processor cannot start, for a reason that its operator can put right: the message says what
/// and how.
public final class StartRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /// @param message the value, the rule, the cure
  public StartRefusedException(String message) {
    super(message);
  }

  /// @param message the value, the rule, the cure
  public StartRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
