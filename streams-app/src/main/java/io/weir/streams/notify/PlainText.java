package io.weir.streams.notify;

/// Names and words made safe for a line of text.
final class PlainText {
  private PlainText() {}

  /// The text, cut to a length, with a space for what is no character of a line: controls, marks
  /// that turn the direction of writing, line breaks, halves of characters.
  ///
  /// @param max most UTF-16 units, at least 1
  static String of(String text, int max) {
    int end = text.length() <= max ? text.length() : max - 1;
    StringBuilder plain = null;
    for (int i = 0; i < end; ) {
      int character = text.codePointAt(i);
      int length = Character.charCount(character);
      boolean cut = i + length > end;
      if (cut || !isPlain(character)) {
        if (plain == null) {
          plain = new StringBuilder(text.substring(0, i));
        }
        plain.append(cut ? "" : " ");
      } else if (plain != null) {
        plain.appendCodePoint(character);
      }
      i += length;
    }
    String result = plain == null ? text.substring(0, end) : plain.toString();
    return end < text.length() ? result + "…" : result;
  }

  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
