package io.weir.trainer.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.trainer.measure.ParetoFit.Estimator;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoFitTest {
  static Stream<JsonNode> golden() throws IOException {
    try (InputStream in = ParetoFitTest.class.getResourceAsStream("tail_golden.json")) {
      return StreamSupport.stream(new JsonMapper().readTree(in).spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void maximumLikelihoodAgreesWithSciPy(JsonNode golden) {
    ParetoFit fit = GrimshawFit.of(excesses(golden)).orElseThrow();
    assertThat(fit.shape()).isCloseTo(golden.get("ml_shape").doubleValue(), within(1e-4));
    double scale = golden.get("ml_scale").doubleValue();
    assertThat(fit.scale()).isCloseTo(scale, within(1e-4 * scale));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void theAndersonDarlingStatisticAgreesWithItsDefinition(JsonNode golden) {
    ParetoFit fit =
        new ParetoFit(
            golden.get("ml_shape").doubleValue(),
            golden.get("ml_scale").doubleValue(),
            Estimator.MAXIMUM_LIKELIHOOD);
    assertThat(GoodnessOfFit.statistic(fit, excesses(golden)))
        .isCloseTo(golden.get("anderson_darling").doubleValue(), within(1e-8));
  }

  private static double[] excesses(JsonNode golden) {
    return StreamSupport.stream(golden.get("excesses").spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .sorted()
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.4, -0.2, 0, 0.2, 0.4, 0.8})
  void maximumLikelihoodIsUnbiasedInLargeSamples(double shape) {
    assertThat(
            LongStream.range(0, 8)
                .mapToDouble(
                    seed ->
                        GrimshawFit.of(GoodnessTable.sample(shape, 4_000, seed))
                            .orElseThrow()
                            .shape())
                .average()
                .orElseThrow())
        .isCloseTo(shape, within(0.025));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.4, -0.2, 0, 0.2, 0.4})
  void weightedMomentsAreUnbiasedInLargeSamples(double shape) {
    double[] shapes =
        LongStream.range(0, 8)
            .mapToObj(seed -> WeightedMomentsFit.of(GoodnessTable.sample(shape, 4_000, seed)))
            .flatMap(Optional::stream)
            .mapToDouble(ParetoFit::shape)
            .toArray();
    assertThat(shapes).hasSizeGreaterThan(3);
    assertThat(Arrays.stream(shapes).average().orElseThrow()).isCloseTo(shape, within(0.04));
  }

  @Test
  void whereTheLikelihoodHasNoMaximumThereIsNoFit() {
    assertThat(GrimshawFit.of(GoodnessTable.sample(-1, 1_000, 1))).isEmpty();
    assertThat(GrimshawFit.of(GoodnessTable.sample(1.6, 1_000, 1))).isEmpty();
    assertThat(WeightedMomentsFit.of(GoodnessTable.sample(0.9, 1_000, 1))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void theTableOfCriticalValuesIsWhatSimulationGives(Estimator estimator) {
    // 3,000 samples of one shape: the 5 % point is known to about 4 %.
    double[] simulated = GoodnessTable.row(estimator, 0.2, 3_000, 200);
    ParetoFit fit = new ParetoFit(0.2, 1, estimator);
    for (int column = 1; column < 5; column++) {
      double p = GoodnessOfFit.P_VALUES[column];
      assertThat(GoodnessOfFit.pValueOf(fit, simulated[column]))
          .as("%s %s", estimator, p)
          .isBetween(p / 1.35, p * 1.35);
    }
  }

  @Test
  void theTableIsThatOfChoulakianAndStephens() {
    // Technometrics 43 (2001), table 2, the shape 0: the statistics of p = 0.5, 0.1, 0.05, 0.01.
    ParetoFit exponential = new ParetoFit(0, 1, Estimator.MAXIMUM_LIKELIHOOD);
    assertThat(GoodnessOfFit.pValueOf(exponential, 0.397)).isCloseTo(0.5, within(0.02));
    assertThat(GoodnessOfFit.pValueOf(exponential, 0.796)).isCloseTo(0.1, within(0.005));
    assertThat(GoodnessOfFit.pValueOf(exponential, 0.974)).isCloseTo(0.05, within(0.003));
    assertThat(GoodnessOfFit.pValueOf(exponential, 1.409)).isCloseTo(0.01, within(0.001));
  }

  @Test
  void aPValueFallsAsTheStatisticRises() {
    ParetoFit fit = new ParetoFit(0.1, 1, Estimator.MAXIMUM_LIKELIHOOD);
    double before = 1;
    for (double statistic = 0; statistic < 20; statistic += 0.01) {
      double p = GoodnessOfFit.pValueOf(fit, statistic);
      assertThat(p).isBetween(0.0, before);
      before = p;
    }
    assertThat(before).isLessThan(1e-6);
  }
}
