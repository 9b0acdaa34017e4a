package io.weir.trainer.data.duckdb;

/// What the rows hold in one column.
///
/// @param present rows with a value; NaN is none
/// @param min the smallest number of those that float32 can hold, 0 or 1 for a boolean,
///   microseconds since 1970 for a time; NaN where there is none and for texts
/// @param max the largest
/// @param infinite how many numbers float32 cannot hold
/// @param words different texts, by an estimate where they are many
/// @param numbers texts that are numbers
public record ColumnProfile(
    long present, double min, double max, long infinite, long words, long numbers) {}
