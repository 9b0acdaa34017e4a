package io.weir.trainer.config;

/// Settings that cannot be followed; the message says which, why, and what would do.
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }
}
