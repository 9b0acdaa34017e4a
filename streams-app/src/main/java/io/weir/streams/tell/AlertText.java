package io.weir.streams.tell;

import io.weir.schemas.event.Alert;
import io.weir.schemas.event.FeatureContribution;
import io.weir.schemas.json.SafeText;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The parts of an alert as people read them. Nothing in them moves a terminal's cursor, whatever
/// stands in the alert.
public final class AlertText {
  private AlertText() {}

  /// `1 in 2,346`; empty for alerts that do not say.
  public static String rarity(double oneIn) {
    return oneIn > 0 ? String.format(Locale.ROOT, "1 in %,.0f", oneIn) : "";
  }

  /// Why: the alert's sentence, or its largest contributions where an older Weir wrote none.
  ///
  /// @param most contributions
  public static String why(Alert alert, int most) {
    return alert.getSentence().isEmpty()
        ? reasons(alert, most, UnaryOperator.identity(), UnaryOperator.identity())
        : SafeText.of(alert.getSentence());
  }

  /// `amount 812 (expected 31.3), category jewellery (expected groceries)`.
  ///
  /// @param most contributions
  /// @param strong sets off what was
  /// @param faint sets off what was expected
  public static String reasons(
      Alert alert, int most, UnaryOperator<String> strong, UnaryOperator<String> faint) {
    return alert.getFeatures().stream()
        .limit(most)
        .map(feature -> reason(feature, strong, faint))
        .collect(Collectors.joining(", "));
  }

  private static String reason(
      FeatureContribution feature, UnaryOperator<String> strong, UnaryOperator<String> faint) {
    String actual = value(feature.getActualText(), feature.getActual());
    String expected = value(feature.getExpectedText(), feature.getExpected());
    return "%s %s %s"
        .formatted(
            SafeText.of(feature.getName()),
            strong.apply(actual),
            faint.apply("(expected %s)".formatted(expected)));
  }

  /// The text if there is one, or the number with three digits that matter.
  public static String value(CharSequence text, Double number) {
    if (text != null) {
      return SafeText.of(text);
    }
    return number == null ? "missing" : number(number);
  }

  /// Three digits that matter.
  static String number(double number) {
    double size = Math.abs(number);
    if (size != 0 && (size < 0.001 || size >= 1e9)) {
      return String.format(Locale.ROOT, "%.2e", number);
    }
    if (size >= 100 || number == Math.rint(number)) {
      return String.format(Locale.ROOT, "%,.0f", number);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", number);
  }
}
