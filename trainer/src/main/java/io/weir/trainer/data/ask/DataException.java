package io.weir.trainer.data.ask;

/// A mistake in the data or in what was asked of it. The message is for people: the value, the rule
/// and the cure; commands print it without a stack trace.
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
