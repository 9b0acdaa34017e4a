package io.weir.trainer.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How wide a layer is, before the number of the network's inputs is known: `20`, or, with o for
/// the inputs, `o`, `2o`, `o/2`.
///
/// @param columns 0 where the inputs decide
/// @param ofInputs the share of the inputs, 0 where `columns` decides
public record Width(int columns, double ofInputs) {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
  private static final Pattern SHARE = Pattern.compile("(\\d{0,4})o(?:/([1-9]\\d{0,3}))?");

  public Width {
    if (!(columns > 0 && ofInputs == 0 || columns == 0 && ofInputs > 0)) {
      throw new ConfigException("Width %d: every width must be at least 1".formatted(columns));
    }
  }

  /// Of this many columns, at least 1.
  public static Width of(int columns) {
    return new Width(columns, 0);
  }

  /// Reads a width.
  ///
  /// @throws ConfigException where the text is none
  public static Width parse(String text) {
    String stripped = text.strip();
    if (NUMBER.matcher(stripped).matches()) {
      return of(Integer.parseInt(stripped));
    }
    Matcher share = SHARE.matcher(stripped);
    if (!share.matches() || "0".equals(share.group(1))) {
      throw new ConfigException(
          "Width \"%s\": a number such as 20 is expected, or a share of the inputs o, such as 2o or o/2"
              .formatted(text));
    }
    double times = share.group(1).isEmpty() ? 1 : Integer.parseInt(share.group(1));
    return new Width(0, share.group(2) == null ? times : times / Integer.parseInt(share.group(2)));
  }

  /// Columns for a network of `inputs` inputs; halves are rounded to even, as Python does.
  public int at(int inputs) {
    return columns > 0 ? columns : Math.max(1, (int) Math.rint(ofInputs * inputs));
  }

  @Override
  public String toString() {
    if (columns > 0) {
      return Integer.toString(columns);
    }
    if (ofInputs < 1) {
      return "o/%d".formatted(Math.round(1 / ofInputs));
    }
    return ofInputs == 1 ? "o" : "%so".formatted(Math.round(ofInputs));
  }
}
