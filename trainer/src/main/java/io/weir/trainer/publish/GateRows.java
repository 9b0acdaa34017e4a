package io.weir.trainer.publish;

import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.onnx.TrainedDetector;
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
  private final int steps;
  private final RowValues data;
  private final int dataRows;
  private final float[] one;
  private final List<GateRow> rows = new ArrayList<>();

  /// @param what where the row comes from, for messages
  /// @param values [features], or of a window [steps x features]
  record GateRow(String what, float[] values) {}

  private GateRows(TrainedDetector detector, RowValues data) {
    this.features = detector.preprocessor().features();
    this.steps = detector.steps();
    this.data = data;
    this.dataRows = data.rows();
    this.one = new float[data.columns()];
  }

  /// @param data [rows x features], or of windows [rows x steps * features]; at least one row
  static List<GateRow> of(TrainedDetector detector, RowValues data) {
    GateRows gate = new GateRows(detector, data);
    gate.addData();
    gate.addRandom();
    gate.addEdges();
    gate.addShortWindows();
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
      float[] row = new float[data.columns()];
      for (int v = 0; v < row.length; v++) {
        float value = from(random.nextInt(dataRows), v);
        row[v] =
            switch (features.get(v % features.size())) {
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
    float[] missing = new float[data.columns()];
    Arrays.fill(missing, Float.NaN);
    rows.add(new GateRow("a row with all values missing", missing));
    rows.add(new GateRow("a row of zeros", new float[data.columns()]));
    int newest = (steps - 1) * features.size();
    for (int f = 0; f < Math.min(SINGLE_EDGES, features.size()); f++) {
      int at = newest + f;
      String name = features.get(f).name();
      rows.add(new GateRow("a row without " + name, with(typical, at, Float.NaN)));
      switch (features.get(f)) {
        case Numeric _ -> {
          rows.add(new GateRow("a row with a negative " + name, with(typical, at, -1)));
          rows.add(new GateRow("a row with a large " + name, with(typical, at, 10 * largest[at])));
        }
        case Flag _ ->
            rows.add(
                new GateRow("a row with the other " + name, with(typical, at, 1 - typical[at])));
        case Category category -> {
          int unknown = category.unknownIndex();
          rows.add(new GateRow("a row with an unknown " + name, with(typical, at, unknown)));
          rows.add(new GateRow("a row with no " + name, with(typical, at, unknown + 7)));
          rows.add(new GateRow("a row with a broken " + name, with(typical, at, -0.5f)));
        }
        case CyclicTime _ ->
            rows.add(new GateRow("a row at the start of " + name, with(typical, at, 0)));
      }
    }
  }

  /// Windows whose first events are missing, as padded ones have them.
  private void addShortWindows() {
    float[] typical = data.row(dataRows / 2);
    for (int missing = steps - 1; missing > 0; missing /= 2) {
      float[] row = typical.clone();
      Arrays.fill(row, 0, missing * features.size(), Float.NaN);
      rows.add(new GateRow("a window without its first %d events".formatted(missing), row));
    }
  }

  /// By value of a row, the largest absolute one in the data.
  private float[] largest() {
    float[] largest = new float[data.columns()];
    int piece = Math.max(1, PIECE / largest.length);
    float[] values = new float[piece * largest.length];
    for (int from = 0; from < dataRows; from += piece) {
      int count = Math.min(piece, dataRows - from);
      data.read(from, count, values, 0);
      for (int i = 0; i < count * largest.length; i++) {
        float size = Math.abs(values[i]);
        int v = i % largest.length;
        largest[v] = size > largest[v] ? size : largest[v];
      }
    }
    return largest;
  }

  /// One value of a row.
  private float from(int row, int value) {
    data.read(row, 1, one, 0);
    return one[value];
  }

  private static float[] with(float[] row, int at, float value) {
    float[] changed = row.clone();
    changed[at] = value;
    return changed;
  }
}
