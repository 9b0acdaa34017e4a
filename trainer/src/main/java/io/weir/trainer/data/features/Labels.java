package io.weir.trainer.data.features;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest.Roles;
import io.weir.trainer.data.duckdb.RowTable;
import io.weir.trainer.data.duckdb.RowTable.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Which texts of the label column mean a normal row.
///
/// @param normalTexts as the column writes them
/// @param normal rows with one of them
/// @param anomalies rows with another label
record Labels(List<String> normalTexts, long normal, long anomalies) {
  /// More different labels than this are no labels; reading stops there.
  private static final int MOST = 10_000;

  /// Goes through the labels of all rows.
  ///
  /// @throws DataException where a row has no label or one that says neither normal nor anomaly
  static Labels of(RowTable table, int column, Roles roles) {
    List<String> normalTexts = new ArrayList<>();
    long normal = 0;
    long anomalies = 0;
    List<Word> words = table.words(column, MOST);
    for (Word word : words) {
      if (word.text() == null || word.text().equals("nan")) {
        throw new DataException(
            "Column '%s' has no value in %d rows, first in row %d: every row needs a label. Leave such rows out with the filter \"%s\" IS NOT NULL."
                .formatted(roles.label(), word.count(), word.firstRow(), roles.label()));
      }
      if (isNormal(word, roles)) {
        normalTexts.add(word.text());
        normal += word.count();
      } else {
        anomalies += word.count();
      }
    }
    if (normal == 0 && (roles.normalLabel() != null || roles.normalRowsOnly())) {
      throw new DataException(
          "No row is labelled normal (%s) in column '%s'; its labels are %s. State the label of normal rows."
              .formatted(
                  roles.normalLabel() == null ? "0" : roles.normalLabel(),
                  roles.label(),
                  words.stream()
                      .limit(5)
                      .map(word -> "'%s' (%d rows)".formatted(word.text(), word.count()))
                      .collect(Collectors.joining(", "))));
    }
    return new Labels(List.copyOf(normalTexts), normal, anomalies);
  }

  private static boolean isNormal(Word word, Roles roles) {
    String text = word.text().strip();
    Double number = number(text);
    if (roles.normalLabel() != null) {
      return text.equals(roles.normalLabel())
          || number != null && number.equals(number(roles.normalLabel()));
    }
    boolean zero = number != null && number == 0;
    boolean one = number != null && number == 1;
    String lower = text.toLowerCase(Locale.ROOT);
    if (zero || one || lower.equals("false") || lower.equals("true")) {
      return zero || lower.equals("false");
    }
    throw new DataException(
        "Column '%s' holds '%s' in %d rows, first in row %d: a label is 0 (normal) or 1 (anomaly). State the label of normal rows, then every other one is an anomaly."
            .formatted(roles.label(), word.text(), word.count(), word.firstRow()));
  }

  private static Double number(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
