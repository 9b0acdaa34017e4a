package io.weir.detector.shap;

import io.weir.detector.shap.ReconstructionExplanation.WorstFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Explanations for a terminal.
final class ExplanationText {
  private static final String GAP = "  ";

  private ExplanationText() {}

  /// The score, what it is made of, and the sum.
  ///
  /// @param event what is explained, such as `row 17`
  /// @param most features that get a line of their own
  static String of(String event, ScoreExplanation explanation, int most) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"Feature", "Value", "SHAP"});
    List<FeatureEffect> shown = first(explanation.features(), most);
    shown.forEach(effect -> rows.add(cells(effect)));
    List<FeatureEffect> others =
        explanation.features().subList(shown.size(), explanation.features().size());
    if (!others.isEmpty()) {
      rows.add(
          new String[] {
            others.size() + " others",
            "",
            signed(others.stream().mapToDouble(FeatureEffect::phi).sum())
          });
    }
    double sum = explanation.features().stream().mapToDouble(FeatureEffect::phi).sum();
    rows.add(new String[] {"Sum", "", signed(sum)});
    return "%s: score %s = %s %s, where %s is the average of %d usual events%n%s%n%s"
        .formatted(
            event,
            number(explanation.score()),
            number(explanation.base()),
            added(sum),
            number(explanation.base()),
            explanation.background(),
            table(rows),
            coalitions(explanation.exact(), explanation.coalitions(), explanation.rowsScored()));
  }

  /// Each of the worst features, and what moved its expectation.
  ///
  /// @param event what is explained, such as `row 17`
  /// @param most features of each kind that get a line
  static String of(String event, ReconstructionExplanation explanation, int most) {
    StringBuilder text =
        new StringBuilder("%s: score %s".formatted(event, number(explanation.score())));
    for (WorstFeature worst : explanation.worst()) {
      List<String[]> rows = new ArrayList<>();
      rows.add(new String[] {"Feature", "Value", "SHAP", ""});
      first(worst.contributing(), most).forEach(e -> rows.add(cells(e, "contributing")));
      first(worst.offsetting(), most).forEach(e -> rows.add(cells(e, "offsetting")));
      text.append(
          "%n%n%s %s, expected %s: %.1f %% of the reconstruction loss%s%n%s; without its own value %s = %s %s%n%s"
              .formatted(
                  worst.feature(),
                  value(worst.actual(), worst.actualText()),
                  value(worst.expected(), worst.expectedText()),
                  100 * worst.share(),
                  worst.step() == 0 ? "" : " (%d events before)".formatted(-worst.step()),
                  "Expected of usual events " + number(worst.base()),
                  number(worst.alone()),
                  number(worst.base()),
                  added(worst.alone() - worst.base()),
                  rows.size() == 1 ? "No other feature moves what is expected" : table(rows)));
    }
    return text.toString();
  }

  private static String coalitions(boolean exact, int coalitions, long rows) {
    return exact
        ? "Exact: all %,d coalitions, %,d rows scored".formatted(coalitions, rows)
        : "Estimated from %,d coalitions, %,d rows scored".formatted(coalitions, rows);
  }

  private static List<FeatureEffect> first(List<FeatureEffect> effects, int most) {
    return effects.subList(0, Math.min(most, effects.size()));
  }

  private static String[] cells(FeatureEffect effect) {
    return new String[] {
      effect.feature(), value(effect.value(), effect.text()), signed(effect.phi())
    };
  }

  private static String[] cells(FeatureEffect effect, String direction) {
    return new String[] {
      effect.feature(), value(effect.value(), effect.text()), signed(effect.phi()), direction
    };
  }

  private static String value(Double value, String text) {
    return value == null ? "missing" : text == null ? number(value) : text;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  private static String added(double value) {
    return (value < 0 ? "- " : "+ ") + number(Math.abs(value));
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.6g", value);
  }

  /// The first row is the header; the first and a fourth column stand left, numbers right.
  private static String table(List<String[]> rows) {
    int columns = rows.getFirst().length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row[c].length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String space = " ".repeat(widths[c] - row[c].length());
        line.append(c == 0 ? "" : GAP).append(c == 1 || c == 2 ? space + row[c] : row[c] + space);
      }
      lines.add(line.toString().stripTrailing());
      if (lines.size() == 1) {
        lines.add("-".repeat(line.length()));
      }
    }
    return String.join(System.lineSeparator(), lines);
  }
}
