package io.weir.schemas.card;

/// A model card that cannot be read, that is newer than this code, or that contradicts itself. The
/// message says what is wrong and what to do.
public final class InvalidCardException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidCardException(String message) {
    super(message);
  }

  InvalidCardException(String message, Throwable cause) {
    super(message, cause);
  }
}
