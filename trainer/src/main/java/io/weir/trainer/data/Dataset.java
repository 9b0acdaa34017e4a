package io.weir.trainer.data;

import io.weir.schemas.card.ModelCard.DataSource;
import io.weir.schemas.features.FeatureSpec;
import io.weir.trainer.data.bulk.Arrivals;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.features.ColumnReport;
import io.weir.trainer.data.prepare.Treatment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows as the model's features, in the order of the source.
///
/// @param features the columns of `raw`
/// @param treatments one per feature, as asked for; empty when bound to a model's features
/// @param rows number of rows
/// @param raw [rows x features], or where a row is a window of several events [rows x steps *
///   features]: raw values as an event would give them, NaN where missing, never infinite
/// @param labels [rows] 1 for an anomaly and 0 for a normal row, or null
/// @param weights [rows] at least 0, or null
/// @param rowNumbers [rows] 0-based and ascending: where each row stands in the source, before any
///   filter, the header not counted
/// @param columns what became of each column of the source
/// @param sources where the rows come from
/// @param arrivals which row of a key follows which; null where it was not asked for
/// @param eventsPerDay how many rows the source has for each day of its time, before any filter;
///   null where it was not asked for or no times tell
public record Dataset(
    List<FeatureSpec> features,
    List<Treatment> treatments,
    int rows,
    RowValues raw,
    byte[] labels,
    float[] weights,
    long[] rowNumbers,
    List<ColumnReport> columns,
    List<DataSource> sources,
    Arrivals arrivals,
    Double eventsPerDay) {
  public Dataset {
    features = List.copyOf(features);
    treatments = List.copyOf(treatments);
    columns = List.copyOf(columns);
    sources = List.copyOf(sources);
  }

  /// The same rows, said to come from elsewhere.
  public Dataset withSources(List<DataSource> changed) {
    return new Dataset(
        features,
        treatments,
        rows,
        raw,
        labels,
        weights,
        rowNumbers,
        columns,
        changed,
        arrivals,
        eventsPerDay);
  }

  /// All raw values in one array, [rows x features], row-major: for rows that fit into the heap.
  public float[] values() {
    return raw.toArray();
  }

  /// The given rows in the given order, each source with those of its rows that are among them. The
  /// raw values are not copied. Whether rows follow each other is not known any more.
  ///
  /// @param indices positions within this data set, 0 to `rows` (exclusive)
  public Dataset subset(int[] indices) {
    return withRows(indices, raw.select(indices), recounted(indices));
  }

  /// Rows with other values but the labels, weights and row numbers of the given ones.
  Dataset withRows(int[] indices, RowValues values) {
    return withRows(indices, values, sources);
  }

  private Dataset withRows(int[] indices, RowValues values, List<DataSource> from) {
    byte[] someLabels = labels == null ? null : new byte[indices.length];
    float[] someWeights = weights == null ? null : new float[indices.length];
    long[] someNumbers = new long[indices.length];
    for (int i = 0; i < indices.length; i++) {
      int row = indices[i];
      if (labels != null) {
        someLabels[i] = labels[row];
      }
      if (weights != null) {
        someWeights[i] = weights[row];
      }
      someNumbers[i] = rowNumbers[row];
    }
    return new Dataset(
        features,
        treatments,
        indices.length,
        values,
        someLabels,
        someWeights,
        someNumbers,
        columns,
        from,
        null,
        eventsPerDay);
  }

  private List<DataSource> recounted(int[] indices) {
    List<DataSource> recounted = new ArrayList<>();
    long before = 0;
    for (DataSource source : sources) {
      long from = before;
      long to = from + source.rows();
      long rows = Arrays.stream(indices).filter(row -> row >= from && row < to).count();
      recounted.add(source.withRows(rows));
      before = to;
    }
    return recounted;
  }
}
