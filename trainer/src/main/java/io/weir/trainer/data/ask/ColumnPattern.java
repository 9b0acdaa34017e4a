package io.weir.trainer.data.ask;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A column name, or a pattern in which `*` stands for any text and `?` for one character.
public final class ColumnPattern {
  private final String text;
  private final Pattern pattern;

  public ColumnPattern(String text) {
    this.text = text;
    String regex =
        text.chars()
            .mapToObj(
                c ->
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    })
            .collect(Collectors.joining());
    pattern = Pattern.compile(regex, Pattern.DOTALL);
  }

  /// Whether a column is meant; a column called exactly like the text always is.
  public boolean matches(String column) {
    return text.equals(column) || pattern.matcher(column).matches();
  }

  /// Whether any of the patterns means the column.
  public static boolean anyMatches(List<String> patterns, String column) {
    return patterns.stream().anyMatch(pattern -> new ColumnPattern(pattern).matches(column));
  }
}
