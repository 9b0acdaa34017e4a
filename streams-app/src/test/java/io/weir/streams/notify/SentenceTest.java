package io.weir.streams.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.detector.Explanation;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.features.Cycle;
import io.weir.schemas.features.FeatureSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceTest {
  private static final List<FeatureSpec> FEATURES =
      List.of(
          new FeatureSpec.Numeric("amount", "amount", true),
          new FeatureSpec.Category("merchant", "merchant", true, List.of("fuel", "travel")),
          new FeatureSpec.Flag("online", "online", true),
          new FeatureSpec.CyclicTime("time", "time", true, Cycle.TIME_OF_DAY));

  @Test
  void itNamesWhatMakesUpMostOfTheLoss() {
    assertThat(
            sentence(
                new float[] {4980, 1, 1, 0},
                new float[] {41.2f, 0, 0, 0},
                new float[] {0.5f, 0.3f, 0.15f, 0.05f}))
        .isEqualTo(
            "amount 4,980.00 where 41.20 was expected; merchant travel where fuel was expected");
    assertThat(
            sentence(
                new float[] {4980, 1, 1, 9_000},
                new float[] {41.2f, 0, 0, 50_000},
                new float[] {0.2f, 0.1f, 0.3f, 0.4f}))
        .isEqualTo(
            "time 02:30 where 13:53:20 was expected; online true where false was expected;"
                + " amount 4,980.00 where 41.20 was expected");
    assertThat(
            sentence(
                new float[] {4980, 1, 1, 0},
                new float[] {41.2f, 0, 0, 0},
                new float[] {0.75f, 0.09f, 0.08f, 0.08f}))
        .as("small shares are not worth a word")
        .isEqualTo("amount 4,980.00 where 41.20 was expected");
  }

  @Test
  void missingAndUnknownValuesAreSaidSo() {
    float[] one = {1, 0, 0, 0};
    assertThat(sentence(new float[] {Float.NaN, 0, 0, 0}, new float[] {41.2f, 0, 0, 0}, one))
        .isEqualTo("amount missing where 41.20 was expected");
    float[] other = {0, 1, 0, 0};
    assertThat(sentence(new float[] {1, 2, 0, 0}, new float[4], other))
        .isEqualTo("merchant: a value never seen in training");
    assertThat(sentence(new float[] {1, Float.NaN, 0, 0}, new float[4], other))
        .isEqualTo("merchant missing where fuel was expected");
    assertThat(sentence(new float[4], new float[4], other))
        .isEqualTo("merchant fuel, expected with less certainty");
  }

  @Test
  void ofAWindowItSaysHowLongAgo() {
    float[] raw = {4980, 0, 0, 0, 30, 1, 0, 0, 30, 0, 0, 0};
    float[] expected = {41.2f, 0, 0, 0, 30, 0, 0, 0, 30, 0, 0, 0};
    float[] contribution = {0.5f, 0, 0, 0, 0, 0.5f, 0, 0, 0, 0, 0, 0};
    assertThat(sentence(raw, expected, contribution))
        .isEqualTo(
            "amount (2 events ago) 4,980.00 where 41.20 was expected; merchant (1 event ago)"
                + " travel where fuel was expected");
  }

  @Test
  void causesThatAreManyOrNoneAreSaidSo() {
    float[] zero = new float[4];
    assertThat(sentence(zero, zero, zero)).isEqualTo("unusual as a whole, no feature stands out");
    assertThat(sentence(zero, zero, new float[] {Float.NaN, Float.NaN, Float.NaN, Float.NaN}))
        .isEqualTo("unusual as a whole, no feature stands out");
    List<FeatureSpec> pixels = new ArrayList<>();
    float[] even = new float[100];
    for (int i = 0; i < even.length; i++) {
      pixels.add(new FeatureSpec.Numeric("pixel" + i, "pixel" + i, false));
      even[i] = 0.01f;
    }
    assertThat(sentence(pixels, "vae", new float[100], even, even))
        .isEqualTo("many features, first of all pixel0 0.0000 where 0.0100 was expected");
  }

  @Test
  void aClassifiersScoreIsAProbability() {
    assertThat(sentence(FEATURES, "vae_classifier", new float[4], new float[4], new float[4]))
        .isEqualTo("probability 0.97 of an anomaly");
  }

  @ParameterizedTest
  @CsvSource({
    "4980, 41.2, '4,980.00 where 41.20'",
    "1234567, 4321, '1,234,567 where 4,321'",
    "-1234.5, 12, '-1,234.50 where 12.00'",
    "0.0034, 0.5, '0.00340 where 0.50000'",
    "0, 0, '0.00 where 0.00'",
    "-0.0, 3, '0.00 where 3.00'",
    "0.1, 0.2, '0.10 where 0.20'",
    "41.2, 41.2001, '41.2000 where 41.2001'",
    "999.999, 0.5, '1,000.00 where 0.50'",
    "3.0E20, 1, '3.0E20 where 1.00'",
    "1.0E-9, 1, '1.0E-9 where 1.000000'"
  })
  void numbersAreReadable(float actual, float expected, String text) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(
              sentence(
                  new float[] {actual, 0, 0, 0},
                  new float[] {expected, 0, 0, 0},
                  new float[] {1, 0, 0, 0}))
          .isEqualTo("amount " + text + " was expected");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void namesAndWordsCannotBreakTheLine() {
    String wild = "a\u0000b\r\nc\u202Ed\u2028" + "x".repeat(500);
    List<FeatureSpec> features =
        List.of(new FeatureSpec.Category(wild, "f", true, List.of(wild + "1", wild + "2")));
    String text = sentence(features, "vae", new float[] {1}, new float[] {0}, new float[] {1});
    assertThat(text).hasSizeLessThan(200).startsWith("a b  c d xxx").contains("… where a b");
    assertThat(text.chars()).noneMatch(Character::isISOControl);
    assertThat(PlainText.of("\uD83D\uDE00\uD83D\uDE00", 4)).isEqualTo("\uD83D\uDE00\uD83D\uDE00");
    assertThat(PlainText.of("\uD83D\uDE00\uD83D\uDE00!", 4)).isEqualTo("\uD83D\uDE00…");
    assertThat(PlainText.of("a\uD83D", 4)).isEqualTo("a ");
  }

  private static String sentence(float[] raw, float[] expected, float[] contribution) {
    return sentence(FEATURES, "vae", raw, expected, contribution);
  }

  private static String sentence(
      List<FeatureSpec> features, String kind, float[] raw, float[] expected, float[] shares) {
    ModelCard card =
        new ModelCard(
            1,
            "m",
            "1",
            null,
            null,
            features,
            List.of(),
            new ModelCard.Architecture(kind, "custom", 1, 1, 0, List.of()),
            null,
            null,
            List.of(),
            null,
            null,
            List.of(),
            List.of());
    return new Sentence(card)
        .of(
            Contributions.top(features, raw, new Explanation(1, 1, 0, expected, shares, null), 3),
            0.97f);
  }
}
