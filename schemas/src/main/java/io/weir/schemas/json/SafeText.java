package io.weir.schemas.json;

/// Text without characters that a terminal would obey instead of showing them: the controls (C0,
/// DEL, C1), the separators of lines and paragraphs, and the marks that change the direction of
/// writing.
public final class SafeText {
  private SafeText() {}

  /// Whether a character is shown and not obeyed.
  public static boolean isShown(int character) {
    return character >= 0x20
        && (character < 0x7f || character > 0x9f)
        && character != 0x061c
        && (character < 0x200e || character > 0x200f)
        && (character < 0x2028 || character > 0x202e)
        && (character < 0x2066 || character > 0x2069);
  }

  /// The text with `\u001b` and its like in the place of what is not shown.
  public static String of(CharSequence text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isShown(c)) {
        out.append(c);
      } else {
        escape(c, out);
      }
    }
    return out.toString();
  }

  /// Appends the text as a string of JSON.
  static void json(CharSequence text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (isShown(c)) {
            out.append(c);
          } else {
            escape(c, out);
          }
        }
      }
    }
    out.append('"');
  }

  private static void escape(char c, StringBuilder out) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit(c >> shift & 0xf, 16));
    }
  }
}
