package io.weir.streams.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.detector.Explanation;
import io.weir.schemas.event.FeatureContribution;
import io.weir.schemas.features.Cycle;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.ValueText;
import io.weir.streams.fixture.TinyModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertPartsTest {
  @Test
  void anIdIsTheHashOfWhatAnyoneCanWriteDown() {
    // printf 'payments/3/42/abc' | sha256sum
    assertThat(AlertId.of("payments", 3, 42, "abc"))
        .isEqualTo("a48096a03190cd4157429b61898fbb4198de7fcf7573b05241321dc33d2ec620")
        .isNotEqualTo(AlertId.of("payments", 34, 2, "abc"));
  }

  @Test
  void theLargestContributionsComeFirst() {
    float[] raw = {600, Float.NaN, 1, 3, 9_000};
    Explanation explanation =
        new Explanation(
            9,
            9,
            0,
            new float[] {20.1f, 2, 0.2f, 1, 3_600},
            new float[] {0.5f, 0.1f, 0.05f, 0.3f, 0.05f},
            new float[2]);
    List<FeatureContribution> top = Contributions.top(TinyModel.FEATURES, raw, explanation, 3);
    assertThat(top)
        .extracting(FeatureContribution::getName)
        .containsExactly("amount", "merchant", "velocity");
    assertThat(top.get(0).getExpected()).as("the decimal of the float32").isEqualTo(20.1);
    assertThat(top.get(1).getActualText()).isEqualTo("(unknown)");
    assertThat(top.get(1).getExpectedText()).isEqualTo("fuel");
    assertThat(top.get(2).getActual()).isNull();
    assertThat(top.get(2).getActualText()).isNull();
  }

  @Test
  void ofAWindowAFeatureCountsWithAllStepsAndIsShownAtItsLargest() {
    float[] raw = {
      10, 1, 0, 0, 0,
      20, 2, 0, 1, 60,
      30, 3, 1, 2, 120
    };
    float[] expected = {
      11, 1, 0, 0, 0,
      21, 2, 0, 1, 60,
      31, 3, 1, 0, 120
    };
    float[] contribution = {
      0.125f, 0.25f, 0, 0, 0,
      0.125f, 0, 0, 0, 0,
      0.125f, 0, 0, 0.375f, 0
    };
    List<FeatureContribution> top =
        Contributions.top(
            TinyModel.FEATURES, raw, new Explanation(1, 1, 0, expected, contribution, null), 3);
    assertThat(top)
        .extracting(FeatureContribution::getName)
        .as("the first of equals first")
        .containsExactly("amount", "merchant", "velocity");
    assertThat(top)
        .extracting(FeatureContribution::getContribution)
        .containsExactly(0.375f, 0.375f, 0.25f);
    assertThat(top).extracting(FeatureContribution::getStep).containsExactly(0, 0, -2);
    assertThat(top).extracting(FeatureContribution::getActual).containsExactly(30.0, 2.0, 1.0);
    assertThat(top.get(1).getActualText()).isEqualTo("travel");
    assertThat(top.get(1).getExpectedText()).isEqualTo("grocery");
  }

  @Test
  void noFeatureIsNamedIfNoneIsWanted() {
    Explanation explanation = new Explanation(1, 1, 0, new float[5], new float[5], new float[2]);
    assertThat(Contributions.top(TinyModel.FEATURES, new float[5], explanation, 0)).isEmpty();
  }

  @Test
  void flagsAndWordsAreReadable() {
    FeatureSpec flag = new FeatureSpec.Flag("online", "online", true);
    assertThat(ValueText.of(flag, 1)).isEqualTo("true");
    assertThat(ValueText.of(flag, 0.31f)).isEqualTo("false");
    FeatureSpec word = new FeatureSpec.Category("c", "c", true, List.of("a", "b"));
    assertThat(ValueText.of(word, 1)).isEqualTo("b");
    assertThat(ValueText.of(word, 2)).isEqualTo("(unknown)");
    assertThat(ValueText.of(word, Float.NaN)).isNull();
    assertThat(ValueText.of(new FeatureSpec.Numeric("n", "n", true), 5)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "TIME_OF_DAY, 0, 00:00",
    "TIME_OF_DAY, 9000, 02:30",
    "TIME_OF_DAY, 86400, 00:00",
    "TIME_OF_DAY, -60, 23:59",
    "DAY_OF_WEEK, 0, Mon 00:00",
    "DAY_OF_WEEK, 604799, Sun 23:59:59",
    "DAY_OF_YEAR, 0, 1 Jan 00:00",
    "DAY_OF_YEAR, 31536000, 31 Dec 00:00"
  })
  void timesAreReadable(Cycle cycle, float seconds, String text) {
    assertThat(ValueText.of(new FeatureSpec.CyclicTime("t", "t", true, cycle), seconds))
        .isEqualTo(text);
  }
}
