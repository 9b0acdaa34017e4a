package io.weir.trainer.publish;

import io.weir.schemas.card.Background;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.engine.random.RandomStream;
import io.weir.trainer.engine.random.RandomStream.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Chooses the few rows that stand for all of them when single events are explained: weighted
/// k-means of the network's inputs, where each cluster is represented by its row nearest to the
/// centre. So every row is one that happened: its words, flags and missing values are possible
/// ones.
///
/// The work is bounded, whatever the rows: a sample of at most [#SAMPLE_ROWS] rows is clustered.
public final class BackgroundRows {
  /// The most that may be asked for.
  public static final int MAX_ROWS = 1_000;

  /// Values of all rows together: half a megabyte of the model file.
  static final int MAX_VALUES = 40_000;

  static final int SAMPLE_ROWS = 20_000;
  private static final int SAMPLE_VALUES = 1 << 20;

  private static final String METHOD = "weighted k-means";

  private BackgroundRows() {}

  /// Chooses them.
  ///
  /// @param rows [rows x features], or of windows [rows x steps * features]: raw values, NaN where
  ///   missing
  /// @param wanted how many; fewer where rows are long, or few of them differ
  /// @return empty if none are wanted, or there is no row; the heaviest row first
  public static Optional<Background> choose(
      RowValues rows, Preprocessor preprocessor, int wanted, long seed) {
    if (wanted == 0 || rows.rows() == 0) {
      return Optional.empty();
    }
    RandomStream random = new RandomStream(seed, Purpose.BACKGROUND, 0);
    int steps = rows.columns() / preprocessor.features().size();
    int inputs = Math.multiplyExact(steps, preprocessor.inputs());
    int clusters = Math.clamp(MAX_VALUES / rows.columns(), 1, wanted);
    RowValues sample =
        sample(rows, Math.min(SAMPLE_ROWS, Math.max(SAMPLE_VALUES / inputs, 2 * clusters)), random);
    float[] points = new float[Math.multiplyExact(sample.rows(), inputs)];
    for (int row = 0; row < sample.rows(); row++) {
      preprocessor.encode(sample.row(row), 0, steps, points, row * inputs);
    }
    KMeans.Clusters found = KMeans.of(points, inputs, clusters, random);
    List<Background.Row> chosen = new ArrayList<>();
    for (int c = 0; c < found.sizes().length; c++) {
      chosen.add(
          new Background.Row(
              list(sample.row(found.medoids()[c])), found.sizes()[c] / (double) sample.rows()));
    }
    chosen.sort(Comparator.comparingDouble(row -> -row.weight()));
    return Optional.of(new Background(METHOD, chosen));
  }

  /// One row of each of `most` equal stretches.
  private static RowValues sample(RowValues rows, int most, RandomStream random) {
    if (rows.rows() <= most) {
      return rows;
    }
    int[] drawn = new int[most];
    for (int i = 0; i < most; i++) {
      long from = (long) i * rows.rows() / most;
      long to = (long) (i + 1) * rows.rows() / most;
      drawn[i] = (int) from + random.nextInt((int) (to - from));
    }
    return rows.select(drawn);
  }

  private static List<Float> list(float[] row) {
    List<Float> list = new ArrayList<>(row.length);
    for (float value : row) {
      list.add(Float.isNaN(value) ? null : value);
    }
    return list;
  }
}
