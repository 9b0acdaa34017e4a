package io.weir.trainer.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.schemas.card.FeaturePreprocessing;
import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.features.Cycle;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// The formulas that the ONNX graph mirrors.
class PreprocessorTest {
  private static final float NAN = Float.NaN;
  private static final Numeric NUMBER = new Numeric("x", "x", true);
  private static final Flag FLAG = new Flag("f", "f", true);
  private static final Category CATEGORY = new Category("c", "c", true, List.of("a", "b"));
  private static final CyclicTime TIME = new CyclicTime("t", "t", true, Cycle.TIME_OF_DAY);

  @Test
  void minMaxMovesTheRangeToZeroAndOne() {
    FeaturePreprocessing fitted = fit(Transform.NONE, Scaling.MIN_MAX, 5, 1, NAN, 3);
    assertThat(fitted)
        .isEqualTo(new FeaturePreprocessing("x", 3, Transform.NONE, 0, Scaling.MIN_MAX, 1, 0.25f));
    assertThat(inputs(fitted, 1, 5, 9, NAN)).containsExactly(0, 1, 2, 0.5f);
  }

  @Test
  void standardUsesThePopulationDeviation() {
    FeaturePreprocessing fitted = fit(Transform.NONE, Scaling.STANDARD, 1, 2, 3, 4);
    assertThat(fitted.shift()).isEqualTo(2.5f);
    assertThat(fitted.factor()).isEqualTo((float) (1 / Math.sqrt(1.25)));
  }

  @Test
  void robustUsesMedianAndInterquartileRange() {
    FeaturePreprocessing fitted = fit(Transform.NONE, Scaling.ROBUST, 0, 1, 2, 3, 1_000);
    assertThat(fitted.shift()).isEqualTo(2);
    assertThat(fitted.factor()).isEqualTo(0.5f);
  }

  @Test
  void robustFallsBackToTheDeviationWhereTheInterquartileRangeIsZero() {
    FeaturePreprocessing fitted = fit(Transform.NONE, Scaling.ROBUST, 0, 0, 0, 0, 10);
    assertThat(fitted.shift()).isZero();
    assertThat(fitted.factor()).isEqualTo(0.25f);
  }

  @Test
  void aColumnWithoutWidthKeepsFactorOne() {
    for (Scaling scaling : Scaling.values()) {
      FeaturePreprocessing fitted = fit(Transform.NONE, scaling, 7, 7, 7);
      assertThat(fitted.factor()).as(scaling.name()).isEqualTo(1);
      assertThat(inputs(fitted, 7))
          .as(scaling.name())
          .containsExactly(scaling == Scaling.NONE ? 7 : 0);
    }
  }

  @Test
  void aColumnOfMissingValuesIsFilledWithZero() {
    FeaturePreprocessing fitted = fit(Transform.LOG10, Scaling.STANDARD, NAN, NAN);
    assertThat(fitted.fill()).isZero();
    assertThat(inputs(fitted, NAN)[0]).isFinite();
  }

  @Test
  void logarithmsAreTakenBeforeScaling() {
    FeaturePreprocessing log10 = fit(Transform.LOG10, Scaling.MIN_MAX, 1, 10, 100);
    assertThat(inputs(log10, 1, 10, 100, 1_000))
        .containsExactly(new float[] {0, 0.5f, 1, 1.5f}, within(1e-6f));
    FeaturePreprocessing log1p = fit(Transform.LOG1P, Scaling.NONE, 0, 1);
    assertThat(inputs(log1p, 0, (float) Math.E - 1))
        .containsExactly(new float[] {0, 1}, within(1e-6f));
  }

  @Test
  void valuesFarBelowTheTrainingRowsAreClampedSoThatTheLogarithmStaysFinite() {
    FeaturePreprocessing log10 = fit(Transform.LOG10, Scaling.NONE, 1, 10, 100);
    assertThat(log10.floor()).isEqualTo(0.001f);
    assertThat(inputs(log10, 0, -5, 0.01f))
        .containsExactly(new float[] {-3, -3, -2}, within(1e-6f));
    FeaturePreprocessing log1p = fit(Transform.LOG1P, Scaling.NONE, 0, 10);
    assertThat(inputs(log1p, -1, -100))
        .containsExactly(new float[] {-6.9077554f, -6.9077554f}, within(1e-4f));
  }

  @Test
  void aTrainingValueOutsideTheDomainIsRefused() {
    assertThatThrownBy(() -> fit(Transform.LOG10, Scaling.NONE, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("LOG10 of x: the value 0.0 is outside its domain");
    assertThatThrownBy(() -> fit(Transform.LOG1P, Scaling.NONE, -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void flagsStayZeroAndOneAndAreFilledByTheMajority() {
    assertThat(fill(FLAG, 1, 1, 0)).isEqualTo(1);
    assertThat(fill(FLAG, 1, 0, NAN)).isZero();
    assertThat(fill(FLAG)).isZero();
    Preprocessor flags = Preprocessor.fit(List.of(FLAG), none(1), new float[] {1, 0, 1}, 3);
    assertThat(inputs(flags, 1, 0, NAN)).containsExactly(1, 0, 1);
    assertThat(expected(flags, 0.7f, -0.1f)).containsExactly(0.7f, -0.1f);
  }

  @Test
  void categoriesBecomeOneHotWithASlotForTheUnknown() {
    Preprocessor words = Preprocessor.fit(List.of(CATEGORY), none(1), new float[] {0, 1}, 2);
    assertThat(words.inputs()).isEqualTo(3);
    assertThat(inputs(words, 0, 1, 2, NAN)).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1);
    assertThat(inputs(words, -1, 3, 0.5f)).containsExactly(0, 0, 1, 0, 0, 1, 0, 0, 1);
    assertThat(expected(words, 0.1f, 0.8f, 0.3f)).containsExactly(1);
    assertThat(expected(words, 0.4f, 0.1f, 0.4f)).containsExactly(0);
  }

  @Test
  void timesBecomePointsOnACircle() {
    Preprocessor times = Preprocessor.fit(List.of(TIME), none(1), new float[] {0}, 1);
    assertThat(inputs(times, 0, 21_600, 43_200, 64_800))
        .containsExactly(new float[] {0.5f, 1, 1, 0.5f, 0.5f, 0, 0, 0.5f}, within(1e-6f));
    assertThat(expected(times, 0.5f, 1, 1, 0.5f, 0.5f, 0, 0, 0.5f, 0.5f, 0.5f))
        .containsExactly(new float[] {0, 21_600, 43_200, 64_800, 0}, within(0.01f));
  }

  @Test
  void missingTimesAreFilledByTheCircularMean() {
    // Around midnight the plain mean would be noon.
    assertThat(fill(TIME, 86_400 - 3_600, 3_600 + 1_800)).isCloseTo(900, within(0.1f));
    assertThat(fill(TIME, 0, 43_200)).isZero();
    assertThat(fill(TIME)).isZero();
  }

  @Test
  void expectedValuesAreInTheRawUnitAndFinite() {
    FeaturePreprocessing log10 = fit(Transform.LOG10, Scaling.MIN_MAX, 1, 10, 100);
    Preprocessor preprocessor = new Preprocessor(List.of(NUMBER), List.of(log10));
    assertThat(expected(preprocessor, 0, 0.5f, 1))
        .containsExactly(new float[] {1, 10, 100}, within(1e-4f));
    assertThat(expected(preprocessor, 1e9f)[0]).isEqualTo(1e38f);
    FeaturePreprocessing log1p = fit(Transform.LOG1P, Scaling.NONE, 0, 1);
    assertThat(expected(new Preprocessor(List.of(NUMBER), List.of(log1p)), 1e9f)[0]).isFinite();
  }

  @Property(tries = 300)
  void expectedUndoesApply(
      @ForAll @Size(min = 2, max = 20) List<@FloatRange(min = 0.01f, max = 1e6f) Float> values,
      @ForAll Transform transform,
      @ForAll Scaling scaling) {
    float[] raw = new float[values.size()];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = values.get(i);
    }
    Preprocessor preprocessor =
        Preprocessor.fit(
            List.of(NUMBER), List.of(new Treatment(transform, scaling)), raw, raw.length);
    float[] back = expected(preprocessor, inputs(preprocessor, raw));
    float largest = 0;
    for (float value : raw) {
      largest = Math.max(largest, value);
    }
    for (int i = 0; i < raw.length; i++) {
      // Scaling works at the resolution of the largest value, logarithms at that of their own.
      float size =
          transform == Transform.NONE
              ? largest
              : transform == Transform.LOG1P ? raw[i] + 1 : raw[i];
      assertThat(back[i]).isCloseTo(raw[i], within(2e-5f * size));
    }
  }

  @Test
  void featuresOfSeveralInputsKeepTheirPlaces() {
    List<FeatureSpec> features = List.of(CATEGORY, NUMBER, TIME, FLAG);
    float[] raw = {1, 10, 0, 1, NAN, 20, 43_200, 0};
    List<Treatment> treatments =
        List.of(
            Treatment.NONE,
            new Treatment(Transform.NONE, Scaling.MIN_MAX),
            Treatment.NONE,
            Treatment.NONE);
    Preprocessor preprocessor = Preprocessor.fit(features, treatments, raw, 2);
    assertThat(preprocessor.inputs()).isEqualTo(7);
    assertThat(preprocessor.offset(1)).isEqualTo(3);
    assertThat(preprocessor.offset(3)).isEqualTo(6);
    float[] inputs = new float[14];
    preprocessor.apply(raw, 2, inputs);
    assertThat(inputs)
        .containsExactly(
            new float[] {0, 1, 0, 0, 0.5f, 1, 1, 0, 0, 1, 1, 0.5f, 0, 0}, within(1e-6f));
    float[] expected = new float[8];
    preprocessor.expected(inputs, 2, expected);
    assertThat(expected)
        .containsExactly(new float[] {1, 10, 0, 1, 2, 20, 43_200, 0}, within(0.01f));
    float[] other = new float[21];
    preprocessor.applyRow(raw, 1, other, 2);
    assertThat(java.util.Arrays.copyOfRange(other, 14, 21))
        .containsExactly(java.util.Arrays.copyOfRange(inputs, 7, 14));
  }

  @Test
  void contributionsAreTheSharesOfAFeaturesInputs() {
    Preprocessor preprocessor =
        Preprocessor.fit(
            List.of(NUMBER, CATEGORY, FLAG),
            List.of(Treatment.NONE, Treatment.NONE, Treatment.NONE),
            new float[] {1, 0, 0, 2, 1, 1},
            2);
    float inf = Float.POSITIVE_INFINITY;
    float[] errors = {
      2, 1, 2, 1, 4, //
      0, 0, 0, 0, 0, //
      inf, 0, 0, 0, 1, //
      inf, inf, 0, 0, 0, //
      -3, 1, 0, 0, 0
    };
    float[] contribution = new float[15];
    preprocessor.contribution(errors, 5, contribution);
    assertThat(contribution)
        .containsExactly(
            new float[] {
              0.2f, 0.4f, 0.4f, 1 / 3f, 1 / 3f, 1 / 3f, 1, 0, 1e-30f, 0.5f, 0.5f, 0, 0, 1, 0
            },
            within(1e-7f));
  }

  @Test
  void listsThatDoNotFitAreRefused() {
    FeaturePreprocessing other =
        new FeaturePreprocessing("y", 0, Transform.NONE, 0, Scaling.NONE, 0, 1);
    assertThatThrownBy(() -> new Preprocessor(List.of(NUMBER), List.of(other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[x]")
        .hasMessageContaining("[y]");
  }

  private static FeaturePreprocessing fit(Transform transform, Scaling scaling, float... raw) {
    return Preprocessor.fit(
            List.of(NUMBER), List.of(new Treatment(transform, scaling)), raw, raw.length)
        .preprocessing()
        .getFirst();
  }

  private static float fill(FeatureSpec feature, float... raw) {
    return Preprocessor.fit(List.of(feature), none(1), raw, raw.length)
        .preprocessing()
        .getFirst()
        .fill();
  }

  private static List<Treatment> none(int features) {
    return java.util.Collections.nCopies(features, Treatment.NONE);
  }

  private static float[] inputs(FeaturePreprocessing fitted, float... raw) {
    return inputs(new Preprocessor(List.of(NUMBER), List.of(fitted)), raw);
  }

  private static float[] inputs(Preprocessor preprocessor, float... raw) {
    float[] inputs = new float[raw.length * preprocessor.inputs()];
    preprocessor.apply(raw, raw.length, inputs);
    return inputs;
  }

  private static float[] expected(Preprocessor preprocessor, float... reconstruction) {
    int rows = reconstruction.length / preprocessor.inputs();
    float[] expected = new float[rows];
    preprocessor.expected(reconstruction, rows, expected);
    return expected;
  }
}
