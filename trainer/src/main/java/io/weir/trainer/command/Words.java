package io.weir.trainer.command;

import java.util.Locale;

/// Choices as users write them.
final class Words {
  private Words() {}

  /// `MIN_MAX` is `min_max`.
  static String of(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
