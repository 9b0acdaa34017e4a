/// The one door to DuckDB: whatever the rows come from, they end as one typed table in the order of
/// the source, to be counted, filtered and loaded as floats.
package io.weir.trainer.data.duckdb;
