package io.weir.trainer.data.features;

import io.weir.schemas.features.FeatureSpec;
import io.weir.trainer.data.duckdb.LoadedRows;
import io.weir.trainer.data.duckdb.Slot;
import io.weir.trainer.data.prepare.Treatment;
import java.util.List;
import java.util.Map;

/// The features that were decided on, and their rows.
///
/// @param slots the features in order, with their table columns
/// @param treatments one per feature when inferred; empty when bound
/// @param reports one per column of the source
/// @param rowsPerFile by path; empty where there is one file or none
/// @param rows loaded and checked
/// @param eventsPerDay how many rows the source has for each day, null if unknown
public record FeaturePlan(
    List<Slot> slots,
    List<Treatment> treatments,
    List<ColumnReport> reports,
    Map<String, Long> rowsPerFile,
    LoadedRows rows,
    Double eventsPerDay) {
  public FeaturePlan {
    slots = List.copyOf(slots);
    treatments = List.copyOf(treatments);
    reports = List.copyOf(reports);
    rowsPerFile = Map.copyOf(rowsPerFile);
  }

  /// The features in order.
  public List<FeatureSpec> features() {
    return slots.stream().map(Slot::feature).toList();
  }
}
