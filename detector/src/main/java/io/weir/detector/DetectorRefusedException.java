package io.weir.detector;

import io.weir.schemas.card.InvalidCardException;

/// A file that is no detector this build can vouch for. The message names the file, the rule it
/// breaks and the cure, for the person who deploys it.
public final class DetectorRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  DetectorRefusedException(String origin, String problem, String cure) {
    super("Model %s refused: %s. %s".formatted(origin, problem, cure));
  }

  DetectorRefusedException(String origin, InvalidCardException card) {
    super("Model %s refused: %s".formatted(origin, card.getMessage()), card);
  }

  DetectorRefusedException(String origin, String problem, String cure, Throwable cause) {
    this(origin, problem, cure);
    initCause(cause);
  }
}
