package io.weir.trainer.data.features;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.duckdb.RowTable;

/// A source must give rows.
final class TableRows {
  private TableRows() {}

  /// @throws DataException where there is no row
  static void require(RowTable table, DataRequest.Source source) {
    if (table.rows() > 0) {
      return;
    }
    throw new DataException(
        source.where() == null
            ? "%s has columns but no rows: there is nothing to read.".formatted(source.location())
            : "%s: no row satisfies the filter «%s». Check the filter."
                .formatted(source.location(), source.where()));
  }
}
