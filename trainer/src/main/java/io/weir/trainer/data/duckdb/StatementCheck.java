package io.weir.trainer.data.duckdb;

import io.weir.trainer.data.ask.DataException;
import java.util.List;

/// Lets only a single SELECT through, so that text meant as a condition or a query cannot be
/// anything else.
final class StatementCheck {
  private StatementCheck() {}

  /// @throws DataException with DuckDB's reason
  static void requireOneSelect(DuckDb db, String sql, String subject) {
    String parsed =
        "SELECT json(json_serialize_sql(%s)) AS parsed".formatted(Sql.text(sql.strip()));
    List<String> problems =
        db.query(
            ("SELECT CASE WHEN parsed->>'error' = 'true' THEN parsed->>'error_message'"
                    + " WHEN json_array_length(parsed->'statements') <> 1"
                    + " THEN 'it must be one statement' END FROM (%s)")
                .formatted(parsed),
            subject,
            row -> row.getString(1));
    if (problems.getFirst() != null) {
      throw new DataException(subject + ": " + problems.getFirst());
    }
  }
}
