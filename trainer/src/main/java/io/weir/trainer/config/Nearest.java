package io.weir.trainer.config;

import io.weir.schemas.NearestNames;
import java.util.Collection;

/// How a message about an unknown word ends.
public final class Nearest {
  private Nearest() {}

  /// `: did you mean "x"?`, or a full stop when no known word is near.
  public static String hint(String word, Collection<String> known) {
    return NearestNames.of(word, known).map(": did you mean \"%s\"?"::formatted).orElse(".");
  }
}
