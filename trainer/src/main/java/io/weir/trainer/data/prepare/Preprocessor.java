package io.weir.trainer.data.prepare;

import io.weir.schemas.card.FeaturePreprocessing;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.bulk.WindowRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// From raw features to network inputs and back: the plain twin of what the ONNX graph does, in
/// float32 but for the logarithms.
///
/// | feature | inputs | input | expected |
/// |---|---|---|---|
/// | number, flag | 1 | `(transform(max(fill(raw), floor)) - shift) * factor` | `inverse(r / factor + shift)` |
/// | category | words + 1 | input `k` is 1 where `fill(raw) == k`, else 0 | index of the first largest `r` |
/// | cyclic time | 2 | `0.5 + 0.5 sin(a)`, `0.5 + 0.5 cos(a)`, `a = fill(raw) * 2 pi / period` | `atan2(2 r0 - 1, 2 r1 - 1)` in seconds, in [0, period) |
///
/// `transform`: `LOG10` is `ln(x) * (1 / ln 10)`, `LOG1P` is `ln(x + 1)`; only they look at the
/// floor. `inverse`: `10^min(x, 38)` and `e^min(x, 88) - 1`, so that expected values stay finite. A
/// flag's expected value is not rounded: 0.7 says how sure the model is. A category value that is
/// none of 0..words is unknown: it takes the last slot.
///
/// All matrices are row-major: `raw` and `expected` are [rows x features], `inputs` and
/// `reconstruction` are [rows x inputs].
public final class Preprocessor {
  /// Errors count at most this much in a contribution, so that their sum stays finite.
  public static final float LARGEST_ERROR = 1e30f;

  /// Values of the columns that are fitted together: 256 MiB.
  private static final long COLUMN_VALUES = 1L << 26;

  /// Values of the rows that are encoded in one piece.
  private static final int PIECE = 1 << 16;

  private final List<FeatureSpec> features;
  private final List<FeaturePreprocessing> preprocessing;
  private final int[] offsets;

  /// By feature; only scaling, the common case, is done without looking at the records.
  private final boolean[] scaledOnly;

  private final float[] fill;
  private final float[] shift;
  private final float[] factor;

  /// @throws IllegalArgumentException where the two lists do not name the same features
  public Preprocessor(List<FeatureSpec> features, List<FeaturePreprocessing> preprocessing) {
    this.features = List.copyOf(features);
    this.preprocessing = List.copyOf(preprocessing);
    List<String> names = features.stream().map(FeatureSpec::name).toList();
    List<String> prepared = preprocessing.stream().map(FeaturePreprocessing::feature).toList();
    if (!names.equals(prepared)) {
      throw new IllegalArgumentException(
          "The features are %s, but the preprocessing is for %s".formatted(names, prepared));
    }
    offsets = new int[features.size() + 1];
    scaledOnly = new boolean[features.size()];
    fill = new float[features.size()];
    shift = new float[features.size()];
    factor = new float[features.size()];
    for (int f = 0; f < features.size(); f++) {
      FeaturePreprocessing p = preprocessing.get(f);
      offsets[f + 1] = offsets[f] + width(features.get(f));
      scaledOnly[f] =
          p.transform() == Transform.NONE
              && (features.get(f) instanceof Numeric || features.get(f) instanceof Flag);
      fill[f] = p.fill();
      shift[f] = p.shift();
      factor[f] = p.factor();
    }
  }

  /// Fits the statistics on training rows; see [FeatureFit] for what they are.
  ///
  /// @param treatments one per feature
  /// @param raw [rows x features], NaN where missing
  /// @throws IllegalArgumentException where a value is outside the domain of its transform
  public static Preprocessor fit(
      List<FeatureSpec> features, List<Treatment> treatments, float[] raw, int rows) {
    if (raw.length != (long) rows * features.size()) {
      throw new IllegalArgumentException(
          "%d values are not %d rows x %d features".formatted(raw.length, rows, features.size()));
    }
    return fit(features, treatments, RowValues.of(raw, features.size()));
  }

  /// Fits the statistics on training rows, wherever they stand: the same rows give the same
  /// statistics, bit for bit. Some columns at a time are in memory. Of windows every event counts
  /// once.
  ///
  /// @param treatments one per feature
  /// @param raw [rows x features], NaN where missing
  /// @throws IllegalArgumentException where a value is outside the domain of its transform
  public static Preprocessor fit(
      List<FeatureSpec> features, List<Treatment> treatments, RowValues raw) {
    if (raw instanceof WindowRows windows) {
      return fit(features, treatments, windows.members());
    }
    List<FeaturePreprocessing> fitted = new ArrayList<>();
    int together = Math.clamp(COLUMN_VALUES / Math.max(1, raw.rows()), 1, raw.columns());
    for (int first = 0; first < features.size(); first += together) {
      int count = Math.min(together, features.size() - first);
      float[][] present = PresentValues.of(raw, first, count);
      for (int c = 0; c < count; c++) {
        int f = first + c;
        fitted.add(FeatureFit.fit(features.get(f), treatments.get(f), present[c]));
        present[c] = null;
      }
    }
    return new Preprocessor(features, fitted);
  }

  /// How many network inputs a feature becomes.
  public static int width(FeatureSpec feature) {
    return switch (feature) {
      case Numeric _, Flag _ -> 1;
      case Category category -> category.vocabulary().size() + 1;
      case CyclicTime _ -> 2;
    };
  }

  /// The slots of a raw row, in order.
  public List<FeatureSpec> features() {
    return features;
  }

  /// The fitted statistics, one per feature.
  public List<FeaturePreprocessing> preprocessing() {
    return preprocessing;
  }

  /// Columns of the network's input.
  public int inputs() {
    return offsets[features.size()];
  }

  /// The first input of a feature; of the number of features, [#inputs()].
  public int offset(int feature) {
    return offsets[feature];
  }

  /// Encodes `rows` rows.
  public void apply(float[] raw, int rows, float[] inputs) {
    for (int row = 0; row < rows; row++) {
      applyRow(raw, row, inputs, row);
    }
  }

  /// Encodes all rows of `raw`, wherever they stand.
  public void apply(RowValues raw, float[] inputs) {
    int columns = raw.columns();
    int piece = Math.max(1, PIECE / columns);
    float[] values = new float[piece * columns];
    for (int from = 0; from < raw.rows(); from += piece) {
      int count = Math.min(piece, raw.rows() - from);
      raw.read(from, count, values, 0);
      for (int row = 0; row < count; row++) {
        encode(values, row * columns, inputs, (from + row) * inputs());
      }
    }
  }

  /// Encodes row `rawRow` of `raw` into row `inputRow` of `inputs`.
  public void applyRow(float[] raw, int rawRow, float[] inputs, int inputRow) {
    encode(raw, rawRow * features.size(), inputs, inputRow * inputs());
  }

  /// Encodes consecutive rows: those that stand from `raw[rawAt]` on, to `inputs[inputAt]` and
  /// following.
  public void encode(float[] raw, int rawAt, int rows, float[] inputs, int inputAt) {
    for (int row = 0; row < rows; row++) {
      encode(raw, rawAt + row * features.size(), inputs, inputAt + row * inputs());
    }
  }

  /// Encodes the row that stands from `raw[rawAt]` on, to `inputs[inputAt]` and following.
  public void encode(float[] raw, int rawAt, float[] inputs, int inputAt) {
    for (int f = 0; f < scaledOnly.length; f++) {
      float given = raw[rawAt + f];
      float value = Float.isNaN(given) ? fill[f] : given;
      if (scaledOnly[f]) {
        inputs[inputAt + offsets[f]] = (value - shift[f]) * factor[f];
      } else {
        encodeFeature(f, value, inputs, inputAt + offsets[f]);
      }
    }
  }

  private void encodeFeature(int f, float value, float[] inputs, int at) {
    FeaturePreprocessing p = preprocessing.get(f);
    switch (features.get(f)) {
      case Numeric _, Flag _ ->
          inputs[at] =
              (NumberTransform.apply(p.transform(), p.floor(), value) - p.shift()) * p.factor();
      case Category _ -> {
        int end = at + offsets[f + 1] - offsets[f];
        Arrays.fill(inputs, at, end, 0f);
        int index = (int) value;
        boolean known = index == value && index >= 0 && index < end - at;
        inputs[known ? at + index : end - 1] = 1f;
      }
      case CyclicTime time -> CircularTime.encode(time.cycle(), value, inputs, at);
    }
  }

  /// Turns reconstructions back into the raw units.
  public void expected(float[] reconstruction, int rows, float[] expected) {
    int count = features.size();
    for (int row = 0; row < rows; row++) {
      for (int f = 0; f < count; f++) {
        FeaturePreprocessing p = preprocessing.get(f);
        int at = row * inputs() + offsets[f];
        expected[row * count + f] =
            switch (features.get(f)) {
              case Numeric _, Flag _ ->
                  NumberTransform.invert(
                      p.transform(), reconstruction[at] / p.factor() + p.shift());
              case Category _ -> firstLargest(reconstruction, at, row * inputs() + offsets[f + 1]);
              case CyclicTime time ->
                  CircularTime.decode(time.cycle(), reconstruction[at], reconstruction[at + 1]);
            };
      }
    }
  }

  /// Each feature's share of a row's reconstruction loss: the errors of its inputs, each clipped to
  /// [0, [#LARGEST_ERROR]], summed and divided by the row's total. A row without any error gives
  /// every feature the same share, `1 / features`.
  ///
  /// @param errors [rows x inputs], the loss of each input: squared, absolute or cross-entropy
  /// @param contribution [rows x features]; each row sums to 1
  public void contribution(float[] errors, int rows, float[] contribution) {
    contribution(errors, rows, 1, contribution);
  }

  /// The same of rows that consist of several events: the shares of all features of all its events
  /// sum to 1.
  ///
  /// @param steps events of a row
  /// @param errors [rows x steps x inputs]
  /// @param contribution [rows x steps x features]
  public void contribution(float[] errors, int rows, int steps, float[] contribution) {
    int count = features.size();
    int values = steps * count;
    for (int row = 0; row < rows; row++) {
      float total = 0;
      for (int event = row * steps; event < (row + 1) * steps; event++) {
        for (int f = 0; f < count; f++) {
          float sum = 0;
          for (int i = offsets[f]; i < offsets[f + 1]; i++) {
            sum += Math.clamp(errors[event * inputs() + i], 0f, LARGEST_ERROR);
          }
          contribution[event * count + f] = sum;
          total += sum;
        }
      }
      for (int at = row * values; at < (row + 1) * values; at++) {
        contribution[at] = total == 0 ? 1f / values : contribution[at] / total;
      }
    }
  }

  private static int firstLargest(float[] values, int from, int to) {
    int largest = from;
    for (int i = from + 1; i < to; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest - from;
  }
}
