package io.weir.trainer.data.features;

import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.duckdb.LoadedRows;
import io.weir.trainer.data.prepare.Treatment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Refuses values that no feature may have. Each problem names the first row (0-based, before any
/// filter, the header not counted); all problems come at once.
final class ValueCheck {
  private static final int SHOWN = 10;

  /// Values looked at in one piece.
  private static final int PIECE = 1 << 16;

  private final List<FeatureSpec> features;
  private final LoadedRows rows;
  private final List<Suspect> suspects = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private ValueCheck(List<FeatureSpec> features, LoadedRows rows) {
    this.features = features;
    this.rows = rows;
  }

  /// Training rows: numbers are finite, and inside the domain of their transform.
  static void requireTrainable(
      List<FeatureSpec> features, List<Treatment> treatments, LoadedRows rows, String location) {
    ValueCheck check = new ValueCheck(features, rows);
    for (int f = 0; f < features.size(); f++) {
      String name = features.get(f).name();
      check.find(f, Float::isInfinite, infinity(features.get(f)));
      switch (treatments.get(f).transform()) {
        case NONE -> {}
        case LOG10 ->
            check.find(
                f,
                value -> value <= 0,
                "log10 takes values above 0. Use log1p, or leave such rows out with the filter \"%s\" > 0"
                    .formatted(name));
        case LOG1P ->
            check.find(
                f,
                value -> value <= -1,
                "log1p takes values above -1. Leave such rows out with the filter \"%s\" > -1"
                    .formatted(name));
      }
    }
    check.report(location);
  }

  /// Rows for a model: what it would refuse as an event is refused here.
  static void requireScorable(List<FeatureSpec> features, LoadedRows rows, String location) {
    ValueCheck check = new ValueCheck(features, rows);
    for (int f = 0; f < features.size(); f++) {
      FeatureSpec feature = features.get(f);
      check.find(f, Float::isInfinite, infinity(feature));
      if (!feature.nullable()) {
        check.find(
            f,
            value -> Float.isNaN(value),
            "the model knows no missing values here. Leave such rows out with the filter \"%s\" IS NOT NULL"
                .formatted(feature.field()));
      }
      if (feature instanceof Flag) {
        check.find(f, value -> value != 0 && value != 1 && !Float.isNaN(value), "a flag is 0 or 1");
      }
    }
    check.report(location);
  }

  private static String infinity(FeatureSpec feature) {
    return "numbers must be finite in float32 (up to 3.4e38). Leave such rows out with the filter isfinite(\"%s\") AND abs(\"%s\") < 3.4e38"
        .formatted(feature.field(), feature.field());
  }

  private interface Suspicion {
    boolean raisedBy(float value);
  }

  private static final class Suspect {
    private final int feature;
    private final Suspicion suspicion;
    private final String rule;
    private int count;
    private int first;
    private float value;

    private Suspect(int feature, Suspicion suspicion, String rule) {
      this.feature = feature;
      this.suspicion = suspicion;
      this.rule = rule;
    }
  }

  private void find(int feature, Suspicion suspicion, String rule) {
    suspects.add(new Suspect(feature, suspicion, rule));
  }

  /// One pass over the rows for all suspects.
  private void look() {
    int width = features.size();
    int piece = Math.max(1, PIECE / width);
    float[] values = new float[piece * width];
    for (int from = 0; from < rows.values().rows(); from += piece) {
      int count = Math.min(piece, rows.values().rows() - from);
      rows.values().read(from, count, values, 0);
      for (Suspect suspect : suspects) {
        for (int row = 0; row < count; row++) {
          float value = values[row * width + suspect.feature];
          if (suspect.suspicion.raisedBy(value) && suspect.count++ == 0) {
            suspect.first = from + row;
            suspect.value = value;
          }
        }
      }
    }
    for (Suspect suspect : suspects) {
      if (suspect.count > 0) {
        problems.add(
            "column '%s' holds %s in row %d%s: %s."
                .formatted(
                    features.get(suspect.feature).field(),
                    Float.isNaN(suspect.value) ? "no value" : suspect.value,
                    rows.rowNumbers()[suspect.first],
                    suspect.count == 1 ? "" : " and %d more".formatted(suspect.count - 1),
                    suspect.rule));
      }
    }
  }

  private void report(String location) {
    look();
    if (!problems.isEmpty()) {
      String more =
          problems.size() > SHOWN
              ? "\nand %d more problems".formatted(problems.size() - SHOWN)
              : "";
      throw new DataException(
          problems.stream().limit(SHOWN).collect(Collectors.joining("\n", location + ": ", more)));
    }
  }
}
