package io.weir.streams.config;

import java.util.Locale;

/// What becomes of records without a key, where windows are those of keys.
public enum NullKey {
  /// They go to the dead-letter topic.
  DEAD_LETTER,
  /// They stop the processor.
  REFUSE;

  /// As in the settings.
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static NullKey of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
