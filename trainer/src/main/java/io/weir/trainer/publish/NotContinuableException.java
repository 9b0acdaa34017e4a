package io.weir.trainer.publish;

import java.nio.file.Path;

/// A model file whose training cannot go on; the message says why.
public final class NotContinuableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotContinuableException(Path file, IllegalArgumentException cause) {
    super(
        "The training of %s cannot go on: %s. Only files that weir train published can be continued"
            .formatted(file, cause.getMessage()),
        cause);
  }
}
