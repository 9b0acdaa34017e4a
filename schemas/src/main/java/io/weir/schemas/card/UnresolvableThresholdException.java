package io.weir.schemas.card;

/// A threshold policy that the model's card cannot answer. The message names the cure.
public final class UnresolvableThresholdException extends Exception {
  private static final long serialVersionUID = 1L;

  UnresolvableThresholdException(String message) {
    super(message);
  }
}
