package io.weir.trainer.data.features;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.duckdb.ColumnKind;
import io.weir.trainer.data.duckdb.LoadedRows;
import io.weir.trainer.data.duckdb.SourceColumn;

/// What a weight may be: a finite number, at least 0, and not 0 everywhere.
final class Weights {
  private Weights() {}

  static void requireNumbers(SourceColumn column) {
    if (column.kind() != ColumnKind.NUMBER && column.kind() != ColumnKind.INTEGER) {
      throw new DataException(
          "The weight column '%s' is %s: a weight is a number. Name another column."
              .formatted(column.name(), column.type()));
    }
  }

  static void require(LoadedRows rows, String column, String location) {
    if (rows.weights() == null) {
      return;
    }
    boolean positive = false;
    for (int row = 0; row < rows.weights().length; row++) {
      double weight = rows.weights()[row];
      if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
        throw new DataException(
            "%s: the weight column '%s' holds %s in row %d: a weight is a number, at least 0. Leave such rows out with a filter."
                .formatted(
                    location,
                    column,
                    Double.isNaN(weight) ? "no value" : weight,
                    rows.rowNumbers()[row]));
      }
      positive |= weight > 0;
    }
    if (!positive) {
      throw new DataException(
          "%s: the weight column '%s' is 0 in every row: at least one must count."
              .formatted(location, column));
    }
  }
}
