package io.weir.streams.mute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.detector.Explanation;
import io.weir.schemas.features.Cycle;
import io.weir.schemas.features.FeatureSpec;
import io.weir.streams.judge.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The anomaly: amount 7.5 (15 expected), country FR (DE expected), online, channel unknown to the
/// model, discount missing (0.1 expected), key `batch-job`, severity MEDIUM, a Monday at 01:30 UTC.
class IgnoreRulesTest {
  private static final List<FeatureSpec> FEATURES =
      List.of(
          new FeatureSpec.Numeric("amount", "amount", false),
          new FeatureSpec.Category("country", "country", true, List.of("DE", "FR", "new york")),
          new FeatureSpec.Flag("online", "online", true),
          new FeatureSpec.Category("channel", "channel", true, List.of("web", "shop")),
          new FeatureSpec.Numeric("discount", "discount", true),
          new FeatureSpec.CyclicTime("time", "time", true, Cycle.TIME_OF_DAY),
          new FeatureSpec.Numeric("key", "key", true));

  private static final IgnoreRules RULES = new IgnoreRules(FEATURES);

  private static final Anomaly ANOMALY =
      anomaly(
          new float[] {7.5f, 1, 1, 2, Float.NaN, 3_600, 4},
          new float[] {15, 0, 0, 0, 0.1f, 7_200, 4},
          new float[] {0.2f, 0.5f, 0.1f, 0.1f, 0.1f, 0, 0});

  private static Anomaly anomaly(float[] raw, float[] expected, float[] contribution) {
    return new Anomaly(
        new TopicPartition("payments", 0),
        7,
        "batch-job".getBytes(StandardCharsets.UTF_8),
        Instant.parse("2026-01-05T01:30:00Z").toEpochMilli(),
        9,
        Severity.MEDIUM,
        raw,
        new Explanation(9, 9, 0, expected, contribution, new float[2]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "amount < 7.6 ~ true",
        "amount < 7.5 ~ false",
        "amount<=7.5 ~ true",
        "amount > 7.5 ~ false",
        "amount >= 7.5 ~ true",
        "amount = 7.5 ~ true",
        "amount != 7.5 ~ false",
        "amount in 7.5..8 ~ true",
        "amount in -1e3..7.4 ~ false",
        "discount < 5 ~ false",
        "discount != 5 ~ false",
        "discount is missing ~ true",
        "amount is missing ~ false",
        "country = FR ~ true",
        "country in DE|FR ~ true",
        "country in DE | \"new york\" ~ false",
        "country != DE ~ true",
        "country != FR ~ false",
        "country is unknown ~ false",
        "channel is unknown ~ true",
        "channel != web ~ true",
        "online = true ~ true",
        "online = false ~ false",
        "amount below expected ~ true",
        "amount above expected ~ false",
        "amount below expected by 50% ~ true",
        "amount below expected by 51 % ~ false",
        "amount below expected by 7.5 ~ true",
        "amount below expected by 7.6 ~ false",
        "discount below expected ~ false",
        "cause = country ~ true",
        "cause = amount ~ false",
        "cause in amount|country ~ true",
        "severity < HIGH ~ true",
        "severity < MEDIUM ~ false",
        "severity <= MEDIUM ~ true",
        "severity > LOW ~ true",
        "severity >= HIGH ~ false",
        "severity = MEDIUM ~ true",
        "severity != MEDIUM ~ false",
        "key = batch-job ~ true",
        "key in a|batch-job ~ true",
        "key != batch-job ~ false",
        "key is missing ~ false",
        "\"key\" = 4 ~ true",
        "schedule Mon 01:00-02:00 ~ true",
        "schedule Tue 01:00-02:00 UTC ~ false",
        "schedule 01:00-02:00 and amount < 5 ~ false",
        "amount < 8 and country = FR and schedule Mon-Fri 02:00-03:00 Europe/Berlin ~ true"
      })
  void conditionsSpeakOfTheEvent(String rule, boolean matches) throws InvalidRuleException {
    assertThat(RULES.parse("test", rule).matches(ANOMALY)).isEqualTo(matches);
  }

  @Test
  void ofAWindowTheNewestEventCountsAndTheCauseIsThatOfAllSteps() throws InvalidRuleException {
    float[] raw = {1, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0};
    float[] expected = {9, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0};
    float[] contribution = {0.3f, 0, 0, 0, 0.4f, 0, 0, 0.3f, 0, 0, 0, 0, 0, 0};
    Anomaly window = anomaly(raw, expected, contribution);
    assertThat(RULES.parse("test", "amount = 7 and cause = amount").matches(window)).isTrue();
    assertThat(RULES.parse("test", "amount below expected by 2").matches(window)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "amuont < 5 ~ the model has no feature amuont; the nearest is amount",
        "country = DEE ~ the model knows no country DEE; the nearest is DE",
        "channel = phone ~ the model knows no channel phone; there are web, shop",
        "severity < HIHG ~ there is no severity HIHG; the nearest is HIGH",
        "cause = contry ~ the model has no feature contry; the nearest is country",
        "amount < five ~ five is not a number, such as 12.5",
        "amount ~ one of < <= > >= = != is wanted, not the end",
        "amount < ~ a number is wanted, not the end",
        "amount in 20..10 ~ the range 20..10 is empty: write the lower bound first",
        "amount in 20 ~ a range looks like 10..20, not like 20",
        "amount above ~ after 'above' comes expected, not the end",
        "amount below expected by -5 ~ -5.0 is negative",
        "amount < 5 amount > 3 ~ 'and' or the end is wanted, not amount",
        "amount < 5 and ~ a condition is missing",
        "time = 12 ~ time is a time of the day; say times by a schedule",
        "country < DE ~ one of = != in is wanted, not <",
        "online = yes ~ the model knows no online yes",
        "amount is unknown ~ after 'is' comes missing",
        "schedule Mo 01:00-02:00 ~ 'Mo' is no day",
        "schedule 1-2 ~ '1' is no day",
        "schedule 25:00-26:00 ~ 25:00 is no time of day",
        "schedule 02:00-02:00 ~ 02:00-02:00 is no time at all",
        "schedule 01:00-02:00 Europe/Berln ~ there is no time zone Europe/Berln; the nearest is"
            + " Europe/Berlin",
        "amount < \"5 ~ '\"5' is not understood"
      })
  void whatIsWrongIsSaidWithTheRule(String rule, String message) {
    assertThatThrownBy(() -> RULES.parse("small", rule))
        .isInstanceOf(InvalidRuleException.class)
        .hasMessageStartingWith("weir.ignore.small = " + rule + ": ")
        .hasMessageContaining(message);
  }
}
