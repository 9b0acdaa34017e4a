package io.weir.schemas.features;

import java.nio.charset.StandardCharsets;

/// The words that a flag may be spelled with: `true` and `false`, in upper or lower case.
final class Flags {
  /// What stands in a table for a word that is neither.
  static final float NEITHER = -1;

  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private Flags() {}

  /// 1, 0, or -1 for neither.
  static int read(byte[] b, int start, int end) {
    if (same(TRUE, b, start, end)) {
      return 1;
    }
    return same(FALSE, b, start, end) ? 0 : -1;
  }

  static int read(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    return read(bytes, 0, bytes.length);
  }

  private static boolean same(byte[] word, byte[] b, int start, int end) {
    if (end - start != word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      // ASCII letters differ from their capitals in this bit alone.
      if ((b[start + i] | 0x20) != word[i]) {
        return false;
      }
    }
    return true;
  }
}
