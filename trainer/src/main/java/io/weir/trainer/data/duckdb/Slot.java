package io.weir.trainer.data.duckdb;

import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;

/// A feature and the table column that it is loaded from.
///
/// @param column its position in [RowTable#columns()]: a number for a number, a boolean for a flag,
///   a text for a category, a time for a cyclic time
public record Slot(FeatureSpec feature, int column) {
  /// The SQL that gives a double, NaN where missing; for times microseconds or NULL.
  String sql() {
    return switch (feature) {
      case Numeric _ -> "coalesce(c%d, 'nan'::DOUBLE)".formatted(column);
      case Flag _ -> "coalesce(CAST(c%d AS DOUBLE), 'nan'::DOUBLE)".formatted(column);
      case Category category ->
          "CASE WHEN c%1$d IS NULL THEN 'nan'::DOUBLE ELSE coalesce(CAST(list_position(CAST(%2$s AS VARCHAR[]), c%1$d) AS DOUBLE) - 1, %3$d) END"
              .formatted(column, Sql.texts(category.vocabulary()), category.unknownIndex());
      case CyclicTime _ -> "c" + column;
    };
  }
}
