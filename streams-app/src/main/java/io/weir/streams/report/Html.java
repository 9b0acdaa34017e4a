package io.weir.streams.report;

/// Builds HTML. Text and attribute values are always escaped: keys, words and sentences come from
/// outside.
final class Html {
  private final StringBuilder out = new StringBuilder(1 << 16);

  /// Opens an element.
  ///
  /// @param attributes names and values in turn
  Html open(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    out.append('>');
    return this;
  }

  Html close(String tag) {
    out.append("</").append(tag).append('>');
    if (!tag.equals("span") && !tag.equals("td") && !tag.equals("th")) {
      out.append('\n');
    }
    return this;
  }

  Html text(String text) {
    escape(text);
    return this;
  }

  /// A whole element with a text in it.
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /// The content of a `script` or `style` element, which knows no escapes.
  ///
  /// @throws IllegalArgumentException if it would end the element
  Html content(String raw) {
    if (raw.contains("</script") || raw.contains("</style") || raw.contains("<!--")) {
      throw new IllegalArgumentException("content that would end its element");
    }
    out.append(raw);
    return this;
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> {
          // Controls, and marks that change the direction of writing, are shown, not obeyed.
          if (c == '\n' || isShown(c)) {
            out.append(c);
          } else {
            out.append("\\u%04x".formatted((int) c));
          }
        }
      }
    }
  }

  private static boolean isShown(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
