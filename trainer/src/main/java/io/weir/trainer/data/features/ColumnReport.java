package io.weir.trainer.data.features;

/// What became of one column of the source.
///
/// @param column its name
/// @param type its SQL type
/// @param outcome such as `number`, `category (12 words)`, `label` or `left out`
/// @param note what else to know: the reason it was left out, its range, missing values
public record ColumnReport(String column, String type, String outcome, String note) {}
