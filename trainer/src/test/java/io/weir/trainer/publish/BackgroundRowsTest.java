package io.weir.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.schemas.card.Background;
import io.weir.schemas.card.FeaturePreprocessing;
import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.features.FeatureSpec;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.engine.random.RandomStream;
import io.weir.trainer.engine.random.RandomStream.Purpose;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackgroundRowsTest {
  /// A number, which may be missing, and one of three words.
  private static final Preprocessor MIXED =
      new Preprocessor(
          List.of(
              new FeatureSpec.Numeric("n", "n", true),
              new FeatureSpec.Category("c", "c", false, List.of("x", "y", "z"))),
          List.of(plain("n"), plain("c")));

  @Test
  void groupsAreRepresentedByOneOfTheirRowsEachWithTheirShare() {
    float[] values = {0, 0, 0.1f, 0, 0.2f, 0, 9, 0, 9.1f, 0, 0.1f, 2};

    Background background = choose(values, 3).orElseThrow();

    assertThat(background.method()).isEqualTo("weighted k-means");
    assertThat(background.rows())
        .extracting(Background.Row::features)
        .first()
        .isEqualTo(List.of(0.1f, 0f));
    assertThat(background.rows())
        .extracting(row -> Math.round(6 * row.weight()))
        .containsExactly(3L, 2L, 1L);
    assertThat(background.rows().getLast().features()).isEqualTo(List.of(0.1f, 2f));
  }

  @Test
  void everyRowIsOneThatHappenedAndTheWeightsSumToOne() {
    Random random = new Random(1);
    float[] values = new float[2 * 3_000];
    Set<List<Float>> happened = new HashSet<>();
    for (int row = 0; row < 3_000; row++) {
      boolean missing = random.nextInt(10) == 0;
      values[2 * row] = missing ? Float.NaN : (float) random.nextGaussian();
      values[2 * row + 1] = random.nextInt(4);
      happened.add(Arrays.asList(missing ? null : values[2 * row], values[2 * row + 1]));
    }

    Background background = choose(values, 50).orElseThrow();

    assertThat(background.rows()).hasSize(50);
    assertThat(background.rows()).allMatch(row -> happened.contains(row.features()));
    assertThat(background.rows().stream().mapToDouble(Background.Row::weight).sum())
        .isCloseTo(1, within(1e-12));
    assertThat(choose(values, 50)).contains(background);
  }

  @Test
  void rowsThatAreAllEqualHaveOneRepresentative() {
    assertThat(choose(new float[] {1, 2, 1, 2, 1, 2}, 50).orElseThrow().rows())
        .containsExactly(new Background.Row(List.of(1f, 2f), 1));
  }

  @Test
  void noneAreChosenWhereNoneAreWanted() {
    assertThat(choose(new float[] {1, 2}, 0)).isEmpty();
    assertThat(choose(new float[0], 10)).isEmpty();
  }

  @Test
  void longRowsAreFewer() {
    int steps = BackgroundRows.MAX_VALUES / 8;
    float[] values = new float[2 * steps * 20];
    Random random = new Random(2);
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2 == 0 ? random.nextFloat() : 1;
    }

    Background background =
        BackgroundRows.choose(RowValues.of(values, 2 * steps), MIXED, 50, 0).orElseThrow();

    assertThat(background.rows()).hasSize(4);
    assertThat(background.rows().getFirst().features()).hasSize(2 * steps);
  }

  @Test
  void manyRowsAreSampledFromAllOfThem() {
    int rows = 3 * BackgroundRows.SAMPLE_ROWS;
    float[] values = new float[2 * rows];
    for (int row = 0; row < rows; row++) {
      values[2 * row] = row < rows / 3 ? 0 : row < 2 * rows / 3 ? 100 : 200;
    }

    assertThat(choose(values, 3).orElseThrow().rows())
        .allSatisfy(row -> assertThat(row.weight()).isCloseTo(1.0 / 3, within(1e-4)));
  }

  @Test
  void theClustersAreThoseOfTheRowsOrNearlySo() {
    Random random = new Random(3);
    float[] points = new float[3 * 400];
    for (int i = 0; i < points.length; i++) {
      // Eight corners of a cube.
      points[i] = 10 * random.nextInt(2) + (float) random.nextGaussian();
    }

    double[] spreads = IntStream.range(0, 20).mapToDouble(seed -> spread(points, seed)).toArray();

    double best = Arrays.stream(spreads).min().orElseThrow();
    assertThat(best).isLessThan(1.5 * points.length);
    assertThat(Arrays.stream(spreads).average().orElseThrow()).isLessThan(3 * best);
  }

  private static double spread(float[] points, long seed) {
    KMeans.Clusters clusters =
        KMeans.of(points, 3, 8, new RandomStream(seed, Purpose.BACKGROUND, 0));
    double sum = 0;
    for (int at = 0; at < points.length; at += 3) {
      double least = Double.POSITIVE_INFINITY;
      for (int medoid : clusters.medoids()) {
        double distance = 0;
        for (int i = 0; i < 3; i++) {
          distance += Math.pow(points[at + i] - points[3 * medoid + i], 2);
        }
        least = Math.min(least, distance);
      }
      sum += least;
    }
    return sum;
  }

  private static Optional<Background> choose(float[] values, int wanted) {
    return BackgroundRows.choose(RowValues.of(values, 2), MIXED, wanted, 0);
  }

  private static FeaturePreprocessing plain(String feature) {
    return new FeaturePreprocessing(feature, 0, Transform.NONE, 0, Scaling.NONE, 0, 1);
  }
}
