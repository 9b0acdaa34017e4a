package io.weir.detector.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelShapTest {
  private static final int BACKGROUND = 5;

  /// Every pair of neighbours acts together, and each value alone in its own way.
  private static final ToDoubleFunction<float[]> TANGLED =
      x -> {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
          sum += Math.sin(x[i] * (i + 1)) + x[i] * x[(i + 1) % x.length];
        }
        return sum * sum / x.length;
      };

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10})
  void theExactValuesAreAveragesOverAllOrdersOfTheFeatures(int features) {
    float[] row = numbers(features, 1);
    float[] background = numbers(features * BACKGROUND, 2);

    Attribution shared = exact(features, TANGLED, background).explain(row);

    double[] naive = naive(features, TANGLED, background, weights(), row);
    for (int i = 0; i < features; i++) {
      assertThat(shared.phi()[i]).as("feature %d", i).isCloseTo(naive[i], within(1e-9));
    }
    assertThat(shared.exact()).isTrue();
    assertThat(shared.coalitions()).isEqualTo(1 << features);
    assertThat(shared.rows()).isEqualTo((long) BACKGROUND << features);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 9})
  void theRegressionOverAllCoalitionsGivesTheExactValues(int features) {
    float[] row = numbers(features, 3);
    float[] background = numbers(features * BACKGROUND, 4);

    Attribution formula = exact(features, TANGLED, background).explain(row);
    Attribution regression = sampled(features, TANGLED, background).explain(row);

    assertThat(regression.exact()).isFalse();
    assertThat(regression.coalitions()).isEqualTo(1 << features);
    for (int i = 0; i < features; i++) {
      assertThat(regression.phi()[i]).isCloseTo(formula.phi()[i], within(1e-9));
    }
  }

  @Test
  void ofAnAdditiveFunctionTheEstimateIsTheTruth() {
    int features = 16;
    float[] row = numbers(features, 5);
    float[] background = numbers(features * BACKGROUND, 6);
    ToDoubleFunction<float[]> additive =
        x -> IntStream.range(0, x.length).mapToDouble(i -> part(i, x[i])).sum();

    Attribution shared = sampled(features, additive, background).explain(row);

    assertThat(shared.exact()).isFalse();
    assertThat(shared.coalitions()).isBetween(2_000, 2 * features + 2_048 + 2);
    for (int i = 0; i < features; i++) {
      double usual = 0;
      for (int b = 0; b < BACKGROUND; b++) {
        usual += weights()[b] * part(i, background[b * features + i]);
      }
      assertThat(shared.phi()[i]).isCloseTo(part(i, row[i]) - usual, within(1e-9));
    }
  }

  @Test
  void anEstimateIsNearTheExactValues() {
    int features = 14;
    float[] row = numbers(features, 7);
    float[] background = numbers(features * BACKGROUND, 8);

    Attribution exact = exact(features, TANGLED, background).explain(row);
    Attribution estimate = sampled(features, TANGLED, background).explain(row);

    double largest = Arrays.stream(exact.phi()).map(Math::abs).max().orElseThrow();
    assertThat(estimate.coalitions()).isLessThan(exact.coalitions() / 7);
    for (int i = 0; i < features; i++) {
      assertThat(estimate.phi()[i]).isCloseTo(exact.phi()[i], within(0.05 * largest));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 14, 15, 16, 38, 64, 65, 200})
  void theValuesSumToWhatTheRowDiffersFromTheBackground(int features) {
    float[] row = numbers(features, 9);
    float[] background = numbers(features * BACKGROUND, 10);

    Attribution shared = exact(features, TANGLED, background).explain(row);

    assertThat(shared.exact()).isEqualTo(features <= 14);
    assertThat(shared.value()).isCloseTo(TANGLED.applyAsDouble(row), within(1e-9));
    assertThat(shared.gap()).isCloseTo(0, within(1e-9));
  }

  @Test
  void featuresThatDoTheSameHaveTheSameValue() {
    ToDoubleFunction<float[]> product = x -> x[0] * x[1] + x[2];
    float[] background = {0, 0, 1, 1, 1, 0, 2, 2, 0, 3, 3, 1, 1, 1, 1};

    double[] phi = exact(3, product, background).explain(new float[] {4, 4, 9}).phi();

    assertThat(phi[0]).isCloseTo(phi[1], within(1e-12));
  }

  @Test
  void aFeatureThatTheFunctionIgnoresHasTheValueZero() {
    ToDoubleFunction<float[]> first = x -> TANGLED.applyAsDouble(Arrays.copyOf(x, 8));

    double[] phi = exact(9, first, numbers(9 * BACKGROUND, 11)).explain(numbers(9, 12)).phi();

    assertThat(phi[8]).isCloseTo(0, within(1e-12));
    assertThat(Arrays.copyOf(phi, 8)).doesNotContain(0.0);
  }

  @Test
  void aFeatureThatIsAsInTheBackgroundCostsNothing() {
    float[] background = {1, Float.NaN, 3, 4, Float.NaN, 3, 5, Float.NaN, 3};
    KernelShap shap =
        new KernelShap(
            new Toy(3, 4, x -> x[0] + x[2]),
            background,
            new double[] {0.5, 0.25, 0.25},
            new int[][] {{0}, {1}, {2}},
            0);

    Attribution shared = shap.explain(new float[] {7, Float.NaN, 3});

    assertThat(shared.coalitions()).isEqualTo(2);
    assertThat(shared.phi()).containsExactly(7 - 2.75, 0, 0);
  }

  @Test
  void missingValuesArePlayersLikeOthers() {
    KernelShap shap =
        new KernelShap(
            new Toy(2, 3, x -> (Float.isNaN(x[0]) ? 10 : x[0]) + x[1]),
            new float[] {1, 2, 3, 4},
            new double[] {0.5, 0.5},
            new int[][] {{0}, {1}},
            0);

    Attribution shared = shap.explain(new float[] {Float.NaN, 5});

    assertThat(shared.base()).isEqualTo(5);
    assertThat(shared.phi()).containsExactly(8, 2);
  }

  @Test
  void aPlayerMayHoldSeveralValuesAndAValueMayBelongToNobody() {
    KernelShap shap =
        new KernelShap(
            new Toy(4, 8, x -> x[0] + 10 * x[1] + 100 * x[2] + 1000 * x[3]),
            new float[] {0, 0, 0, 0},
            new double[] {1},
            new int[][] {{0, 2}, {1}},
            0);

    Attribution shared = shap.explain(new float[] {1, 1, 1, 1});

    assertThat(shared.phi()).containsExactly(101, 10);
    assertThat(shared.value()).isEqualTo(111);
  }

  @Test
  void theSameInputGivesTheSameBitsWhateverTheBatch() {
    int features = 24;
    float[] row = numbers(features, 13);
    float[] background = numbers(features * BACKGROUND, 14);

    double[] one = shap(features, TANGLED, background, 1, 14).explain(row).phi();
    double[] other = shap(features, TANGLED, background, 777, 14).explain(row).phi();

    assertThat(other).containsExactly(one);
  }

  @Test
  void aFunctionThatOverflowsIsRefused() {
    KernelShap shap =
        new KernelShap(
            new Toy(1, 1, _ -> Double.POSITIVE_INFINITY),
            new float[] {0},
            new double[] {1},
            new int[][] {{0}},
            0);

    assertThatThrownBy(() -> shap.explain(new float[] {1}))
        .isInstanceOf(UnexplainableException.class)
        .hasMessageContaining("gives Infinity");
  }

  private static double part(int feature, float x) {
    return (feature + 1) * x * x - feature * x;
  }

  private static KernelShap exact(
      int features, ToDoubleFunction<float[]> function, float[] background) {
    return shap(features, function, background, 64, KernelShap.MAX_EXACT_PLAYERS);
  }

  private static KernelShap sampled(
      int features, ToDoubleFunction<float[]> function, float[] background) {
    return shap(features, function, background, 64, 1);
  }

  private static KernelShap shap(
      int features,
      ToDoubleFunction<float[]> function,
      float[] background,
      int batch,
      int maxExact) {
    int[][] players =
        IntStream.range(0, features).mapToObj(i -> new int[] {i}).toArray(int[][]::new);
    return new KernelShap(
        new Toy(features, batch, function), background, weights(), players, 42, maxExact);
  }

  private static double[] weights() {
    return new double[] {0.4, 0.3, 0.15, 0.1, 0.05};
  }

  private static float[] numbers(int count, int seed) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /// The definition: over sets, what a feature adds to those without it, by the share of orders in
  /// which just they come before.
  private static double[] naive(
      int features,
      ToDoubleFunction<float[]> function,
      float[] background,
      double[] weights,
      float[] row) {
    double[] phi = new double[features];
    for (int set = 0; set < 1 << features; set++) {
      for (int i = 0; i < features; i++) {
        if ((set & 1 << i) == 0) {
          int size = Integer.bitCount(set);
          double orders = factorial(size) * factorial(features - size - 1) / factorial(features);
          phi[i] +=
              orders
                  * (worth(set | 1 << i, function, background, weights, row)
                      - worth(set, function, background, weights, row));
        }
      }
    }
    return phi;
  }

  private static double worth(
      int set,
      ToDoubleFunction<float[]> function,
      float[] background,
      double[] weights,
      float[] row) {
    double worth = 0;
    for (int b = 0; b < weights.length; b++) {
      float[] mixed = Arrays.copyOfRange(background, b * row.length, (b + 1) * row.length);
      for (int i = 0; i < row.length; i++) {
        mixed[i] = (set & 1 << i) != 0 ? row[i] : mixed[i];
      }
      worth += weights[b] * function.applyAsDouble(mixed);
    }
    return worth;
  }

  private static double factorial(int n) {
    return IntStream.rangeClosed(1, n).asDoubleStream().reduce(1, (a, b) -> a * b);
  }
}
