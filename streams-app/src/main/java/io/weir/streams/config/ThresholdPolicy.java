package io.weir.streams.config;

/// How the score above which an event is anomalous is chosen.
public sealed interface ThresholdPolicy {
  /// What [#parse] understands, for messages and tables.
  String FORMS = "card, value:X or quantile:P";

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

  /// Reads `card`, `value:X` or `quantile:P`.
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
      default -> throw new IllegalArgumentException("a threshold policy is " + FORMS);
    };
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
