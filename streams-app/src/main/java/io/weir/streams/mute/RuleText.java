package io.weir.streams.mute;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words of an ignore rule, read one after the other.
final class RuleText {
  private static final Pattern WORDS =
      Pattern.compile("\\s+|\"([^\"]*)\"|(<=|>=|!=|[<>=|%])|([^\\s\"<>=!|%]+)");

  private static final Word END = new Word("", false);

  private final String name;
  private final String text;
  private final List<Word> words = new ArrayList<>();
  private int next;

  /// A word.
  ///
  /// @param quoted then it is a name or a value, never a word of the grammar
  record Word(String text, boolean quoted) {
    boolean is(String word) {
      return !quoted && text.equals(word);
    }

    @Override
    public String toString() {
      return this == END ? "the end" : quoted ? '"' + text + '"' : text;
    }
  }

  /// @throws InvalidRuleException if the text cannot be split into words
  RuleText(String name, String text) throws InvalidRuleException {
    this.name = name;
    this.text = text;
    Matcher matcher = WORDS.matcher(text);
    int end = 0;
    while (matcher.lookingAt()) {
      if (matcher.group(1) != null) {
        words.add(new Word(matcher.group(1), true));
      } else if (!matcher.group().isBlank()) {
        words.add(new Word(matcher.group(), false));
      }
      end = matcher.end();
      matcher.region(end, text.length());
    }
    if (end < text.length()) {
      throw wrong(
          "'%s' is not understood; put names and values with such characters in double quotes"
              .formatted(text.substring(end)));
    }
  }

  boolean atEnd() {
    return next == words.size();
  }

  Word peek() {
    return atEnd() ? END : words.get(next);
  }

  Word take() {
    Word word = peek();
    if (!atEnd()) {
      next++;
    }
    return word;
  }

  /// Whether the next word is this one of the grammar; it is then taken.
  boolean skip(String word) {
    boolean there = peek().is(word);
    if (there) {
      next++;
    }
    return there;
  }

  /// A name or a value.
  ///
  /// @param what it is, for the message
  Word value(String what) throws InvalidRuleException {
    Word word = take();
    if (word == END || !word.quoted() && word.text().matches("<=|>=|!=|[<>=|%]")) {
      throw wrong("%s is wanted, not %s".formatted(what, word));
    }
    return word;
  }

  /// Names or values, separated by `|`.
  List<Word> values(String what) throws InvalidRuleException {
    List<Word> values = new ArrayList<>();
    do {
      values.add(value(what));
    } while (skip("|"));
    return values;
  }

  double number(Word word) throws InvalidRuleException {
    try {
      double number = Double.parseDouble(word.text());
      if (Double.isFinite(number) && !word.quoted()) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong("%s is not a number, such as 12.5".formatted(word));
    }
    throw wrong("%s is not a number, such as 12.5".formatted(word));
  }

  /// What is wrong, with the rule.
  InvalidRuleException wrong(String what) {
    return new InvalidRuleException("weir.ignore.%s = %s: %s".formatted(name, text, what));
  }
}
