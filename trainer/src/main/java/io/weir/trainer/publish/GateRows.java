package io.weir.trainer.publish;

import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.bulk.RowValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// The rows that go through the parity gate: rows of the training data, rows drawn at random, and
/// rows at the edges. The same data gives the same rows.
final class GateRows {
  private static final int FROM_DATA = 512;
  private static final int RANDOM = 512;
  private static final int SINGLE_EDGES = 64;

  /// Values looked at in one piece.
  private static final int PIECE = 1 << 16;

  private static final long SEED = 0x5eed_0f_9a7eL;

  private final List<FeatureSpec> features;
  private final RowValues data;
  private final int dataRows;
  private final List<GateRow> rows = new ArrayList<>();

  /// @param what where the row comes from, for messages
  /// @param values [features]
  record GateRow(String what, float[] values) {}

  private GateRows(List<FeatureSpec> features, RowValues data) {
    this.features = features;
    this.data = data;
    this.dataRows = data.rows();
  }

  /// @param data [rows x features], at least one row
  static List<GateRow> of(List<FeatureSpec> features, RowValues data) {
    GateRows gate = new GateRows(features, data);
    gate.addData();
    gate.addRandom();
    gate.addEdges();
    return gate.rows;
  }

  private void addData() {
    int count = Math.min(FROM_DATA, dataRows);
    for (int i = 0; i < count; i++) {
      int row = (int) ((long) i * dataRows / count);
      rows.add(new GateRow("row " + row + " of the data", data.row(row)));
    }
  }

  /// Every value from another row of the data, so that each is ordinary and their combination is
  /// not; one in eight numbers far out.
  private void addRandom() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < RANDOM; i++) {
      float[] row = new float[features.size()];
      for (int f = 0; f < row.length; f++) {
        float value = data.row(random.nextInt(dataRows))[f];
        row[f] =
            switch (features.get(f)) {
              case Numeric _ ->
                  random.nextInt(8) > 0 ? value : value * (float) (4 * random.nextGaussian());
              case Flag _ -> value;
              case Category category -> random.nextInt(category.unknownIndex() + 1);
              case CyclicTime time -> (float) (random.nextDouble() * time.cycle().seconds());
            };
      }
      rows.add(new GateRow("random row " + i, row));
    }
  }

  private void addEdges() {
    float[] typical = data.row(dataRows / 2);
    float[] largest = largest();
    float[] missing = new float[features.size()];
    Arrays.fill(missing, Float.NaN);
    rows.add(new GateRow("a row with all values missing", missing));
    rows.add(new GateRow("a row of zeros", new float[features.size()]));
    for (int f = 0; f < Math.min(SINGLE_EDGES, features.size()); f++) {
      String name = features.get(f).name();
      rows.add(new GateRow("a row without " + name, with(typical, f, Float.NaN)));
      switch (features.get(f)) {
        case Numeric _ -> {
          rows.add(new GateRow("a row with a negative " + name, with(typical, f, -1)));
          rows.add(new GateRow("a row with a large " + name, with(typical, f, 10 * largest[f])));
        }
        case Flag _ ->
            rows.add(new GateRow("a row with the other " + name, with(typical, f, 1 - typical[f])));
        case Category category -> {
          int unknown = category.unknownIndex();
          rows.add(new GateRow("a row with an unknown " + name, with(typical, f, unknown)));
          rows.add(new GateRow("a row with no " + name, with(typical, f, unknown + 7)));
          rows.add(new GateRow("a row with a broken " + name, with(typical, f, -0.5f)));
        }
        case CyclicTime _ ->
            rows.add(new GateRow("a row at the start of " + name, with(typical, f, 0)));
      }
    }
  }

  /// By feature, the largest absolute value in the data.
  private float[] largest() {
    float[] largest = new float[features.size()];
    int piece = Math.max(1, PIECE / largest.length);
    float[] values = new float[piece * largest.length];
    for (int from = 0; from < dataRows; from += piece) {
      int count = Math.min(piece, dataRows - from);
      data.read(from, count, values, 0);
      for (int i = 0; i < count * largest.length; i++) {
        float size = Math.abs(values[i]);
        int f = i % largest.length;
        largest[f] = size > largest[f] ? size : largest[f];
      }
    }
    return largest;
  }

  private static float[] with(float[] row, int feature, float value) {
    float[] changed = row.clone();
    changed[feature] = value;
    return changed;
  }
}
