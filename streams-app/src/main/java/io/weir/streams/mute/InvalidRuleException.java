package io.weir.streams.mute;

/// An ignore rule that cannot be read, or that speaks of what the model does not have. The message
/// says what and how to write it.
public final class InvalidRuleException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidRuleException(String message) {
    super(message, null, false, false);
  }
}
