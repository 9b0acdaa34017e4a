package io.weir.streams.mute;

import io.weir.streams.mute.IgnoreCondition.Range;
import io.weir.streams.mute.IgnoreCondition.Slot;
import java.util.List;
import java.util.regex.Pattern;

/// Reads what an ignore rule says about a number.
final class NumberCondition {
  private static final float INFINITE = Float.POSITIVE_INFINITY;
  private static final Pattern BOUNDS = Pattern.compile("(.+?)\\.\\.(.+)");

  private NumberCondition() {}

  static IgnoreCondition read(RuleText rule, Slot slot) throws InvalidRuleException {
    if (rule.peek().is("above") || rule.peek().is("below")) {
      return direction(rule, slot, rule.take().is("above"));
    }
    if (rule.skip("in")) {
      return between(rule, slot);
    }
    String operator = IgnoreRules.operator(rule, List.of("<", "<=", ">", ">=", "=", "!="));
    // Events have float32: 0.1 is to be the one that stands in them.
    float bound = (float) rule.number(rule.value("a number"));
    return switch (operator) {
      case "<" -> new Range(slot, -INFINITE, true, bound, false, false);
      case "<=" -> new Range(slot, -INFINITE, true, bound, true, false);
      case ">" -> new Range(slot, bound, false, INFINITE, true, false);
      case ">=" -> new Range(slot, bound, true, INFINITE, true, false);
      case "=" -> new Range(slot, bound, true, bound, true, false);
      default -> new Range(slot, bound, true, bound, true, true);
    };
  }

  private static IgnoreCondition between(RuleText rule, Slot slot) throws InvalidRuleException {
    RuleText.Word word = rule.value("a range, such as 10..20");
    var bounds = BOUNDS.matcher(word.text());
    if (!bounds.matches()) {
      throw rule.wrong("a range looks like 10..20, not like %s".formatted(word));
    }
    double from = rule.number(new RuleText.Word(bounds.group(1), word.quoted()));
    double to = rule.number(new RuleText.Word(bounds.group(2), word.quoted()));
    if (from > to) {
      throw rule.wrong("the range %s is empty: write the lower bound first".formatted(word));
    }
    return new Range(slot, (float) from, true, (float) to, true, false);
  }

  private static IgnoreCondition direction(RuleText rule, Slot slot, boolean above)
      throws InvalidRuleException {
    if (!rule.skip("expected")) {
      throw rule.wrong(
          "after '%s' comes expected, not %s".formatted(above ? "above" : "below", rule.peek()));
    }
    double distance = 0;
    boolean relative = false;
    if (rule.skip("by")) {
      distance = rule.number(rule.value("a number"));
      relative = rule.skip("%");
      if (distance < 0) {
        throw rule.wrong(
            "%s is negative: say below instead of above, or the reverse".formatted(distance));
      }
    }
    return new IgnoreCondition.Direction(
        slot, above, relative ? distance / 100 : distance, relative);
  }
}
