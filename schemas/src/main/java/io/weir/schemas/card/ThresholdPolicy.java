package io.weir.schemas.card;

import java.math.BigDecimal;

/// How the score above which an event is anomalous is chosen. [Thresholds] applies it to a card.
public sealed interface ThresholdPolicy {
  /// What [#parse] understands, for messages and tables.
  String FORMS = "card, value:X, quantile:P, tail:P or budget:N/day";

  /// The first threshold on the model card, the one its publisher chose.
  record FromCard() implements ThresholdPolicy {
    @Override
    public String toString() {
      return "card";
    }
  }

  /// The given score itself.
  ///
  /// @param score finite, in the unit of the model's `score`
  record Value(double score) implements ThresholdPolicy {
    public Value {
      if (!Double.isFinite(score)) {
        throw new IllegalArgumentException("value:X needs a finite number X, not " + score);
      }
    }

    @Override
    public String toString() {
      return "value:" + score;
    }
  }

  /// The score below which a fraction of the model's validation rows lies.
  ///
  /// @param p between 0 and 1, both excluded
  record Quantile(double p) implements ThresholdPolicy {
    public Quantile {
      if (!(p > 0 && p < 1)) {
        throw new IllegalArgumentException(
            "quantile:P needs a fraction P between 0 and 1, such as 0.999, not " + p);
      }
    }

    @Override
    public String toString() {
      return "quantile:" + p;
    }
  }

  /// The score that a normal event exceeds with a probability, by the distribution that was fitted
  /// to the highest scores of the validation rows.
  ///
  /// @param p between 0 and 1, both excluded
  record Tail(double p) implements ThresholdPolicy {
    public Tail {
      if (!(p > 0 && p < 1)) {
        throw new IllegalArgumentException(
            "tail:P needs a probability P between 0 and 1, such as 1e-4, not " + p);
      }
    }

    @Override
    public String toString() {
      return "tail:" + BigDecimal.valueOf(p).stripTrailingZeros();
    }
  }

  /// The score that so many normal events exceed a day.
  ///
  /// @param alertsPerDay above 0
  record Budget(double alertsPerDay) implements ThresholdPolicy {
    private static final String UNIT = "/day";

    public Budget {
      if (!(alertsPerDay > 0 && Double.isFinite(alertsPerDay))) {
        throw new IllegalArgumentException(
            "budget:N/day needs a number N above 0, such as 20, not " + alertsPerDay);
      }
    }

    @Override
    public String toString() {
      return "budget:"
          + BigDecimal.valueOf(alertsPerDay).stripTrailingZeros().toPlainString()
          + UNIT;
    }
  }

  /// This policy for a part of the events: the card's own is the one that chose its threshold.
  ///
  /// @param chosen the threshold that this policy gave for all events
  default ThresholdPolicy within(ModelCard.Threshold chosen) {
    return switch (this) {
      case FromCard() -> ofCard(chosen);
      case Value _, Quantile _, Tail _, Budget _ -> this;
    };
  }

  private static ThresholdPolicy ofCard(ModelCard.Threshold chosen) {
    try {
      return parse(chosen.policy());
    } catch (IllegalArgumentException _) {
      // Of a newer Weir: the score holds for all.
      return new Value(chosen.value());
    }
  }

  /// Reads one of the [#FORMS].
  ///
  /// @throws IllegalArgumentException if the text is none of them; the message says which forms
  ///   there are
  static ThresholdPolicy parse(String text) {
    String policy = text.strip();
    int colon = policy.indexOf(':');
    String argument = policy.substring(colon + 1);
    return switch (colon < 0 ? policy : policy.substring(0, colon + 1)) {
      case "card" -> new FromCard();
      case "value:" -> new Value(number(policy, argument));
      case "quantile:" -> new Quantile(number(policy, argument));
      case "tail:" -> new Tail(number(policy, argument));
      case "budget:" -> budget(policy, argument);
      default -> throw new IllegalArgumentException("a threshold policy is " + FORMS);
    };
  }

  private static Budget budget(String policy, String argument) {
    if (!argument.endsWith(Budget.UNIT)) {
      throw new IllegalArgumentException(
          policy + " does not end in /day, as in budget:20/day; a threshold policy is " + FORMS);
    }
    return new Budget(
        number(policy, argument.substring(0, argument.length() - Budget.UNIT.length())));
  }

  private static double number(String policy, String argument) {
    try {
      return Double.parseDouble(argument);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"" + argument + "\" in " + policy + " is not a number; a threshold policy is " + FORMS,
          e);
    }
  }
}
