package io.weir.trainer.data.features;

import io.weir.trainer.data.duckdb.SourceColumn;

/// A column of the source and what the request says about it.
///
/// @param role what it is used for
/// @param named whether it is a feature even where it is constant: included by its full name, or
///   part of a whole such as an image
record ColumnChoice(SourceColumn column, Role role, boolean named) {
  /// The use of a column.
  enum Role {
    /// May become a feature.
    CANDIDATE,
    LABEL,
    WEIGHT,
    KEY,
    /// The event's time, where it gives no cyclic features.
    TIME,
    EXCLUDED,
    /// Says something about the row that was not asked for.
    ASIDE,
    /// Of a type that is no single value.
    UNSUPPORTED
  }
}
