package io.weir.trainer.data;

import io.weir.schemas.card.ModelCard.DataSource;
import io.weir.schemas.features.FeatureSpec;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.ReadListener;
import io.weir.trainer.data.ask.SourceFiles;
import io.weir.trainer.data.bulk.Storage;
import io.weir.trainer.data.duckdb.LoadedRows;
import io.weir.trainer.data.duckdb.RowSource;
import io.weir.trainer.data.features.FeatureBinding;
import io.weir.trainer.data.features.FeatureInference;
import io.weir.trainer.data.features.FeaturePlan;
import java.util.List;
import java.util.Map;

/// Reads rows, in one of two modes.
public final class DataReader {
  private DataReader() {}

  /// For training: the columns decide which features there are.
  ///
  /// @throws io.weir.trainer.data.ask.DataException for every mistake in the data or the request
  public static Dataset infer(DataRequest request) {
    return infer(request, Storage.standard(), ReadListener.NONE);
  }

  /// For training, as [#infer(DataRequest)].
  ///
  /// @param storage where the rows wait
  /// @param listener is told how far the reading is
  public static Dataset infer(DataRequest request, Storage storage, ReadListener listener) {
    try (RowSource source = RowSource.open(request.source(), Map.of(), storage, listener)) {
      return dataset(source, request, FeatureInference.infer(source, request));
    }
  }

  /// For a model that stands: finds the columns of its features by name and ignores the others.
  /// Selection and treatments of the request are not used, key and time where they matter.
  ///
  /// @throws io.weir.trainer.data.ask.DataException for every mistake in the data or the request
  public static Dataset bind(DataRequest request, List<FeatureSpec> features) {
    return bind(request, features, Storage.standard(), ReadListener.NONE);
  }

  /// For evaluation, as [#bind(DataRequest, List)].
  ///
  /// @param storage where the rows wait
  /// @param listener is told how far the reading is
  public static Dataset bind(
      DataRequest request, List<FeatureSpec> features, Storage storage, ReadListener listener) {
    Map<String, String> csvTypes = FeatureBinding.csvTypes(features);
    try (RowSource source = RowSource.open(request.source(), csvTypes, storage, listener)) {
      return dataset(source, request, FeatureBinding.bind(source, request, features));
    }
  }

  private static Dataset dataset(RowSource source, DataRequest request, FeaturePlan plan) {
    LoadedRows rows = plan.rows();
    return new Dataset(
        plan.features(),
        plan.treatments(),
        rows.rowNumbers().length,
        rows.values(),
        rows.labels(),
        rows.weights() == null ? null : toFloats(rows.weights()),
        rows.rowNumbers(),
        plan.reports(),
        sources(source.files(), request.source(), plan),
        rows.arrivals(),
        plan.eventsPerDay());
  }

  private static List<DataSource> sources(
      SourceFiles files, DataRequest.Source asked, FeaturePlan plan) {
    String kind = files.format().word();
    long rows = plan.rows().rowNumbers().length;
    if (files.files().isEmpty()) {
      return List.of(new DataSource(kind, asked.location().strip(), rows, null, asked.where()));
    }
    return files.files().stream()
        .map(
            file ->
                new DataSource(
                    kind,
                    file.toString(),
                    files.files().size() == 1
                        ? rows
                        : plan.rowsPerFile().getOrDefault(file.toString(), 0L),
                    SourceFiles.sha256(file),
                    asked.where()))
        .toList();
  }

  private static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
