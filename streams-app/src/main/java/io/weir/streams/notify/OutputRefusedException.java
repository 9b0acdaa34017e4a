package io.weir.streams.notify;

/// Kafka takes an output not now and not later. The message says which, why and what to do.
public final class OutputRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutputRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
