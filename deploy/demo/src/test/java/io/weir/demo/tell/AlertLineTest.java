package io.weir.demo.tell;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.demo.source.StreamEvent;
import io.weir.demo.source.Truth;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.FeatureContribution;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertLineTest {
  private final Terminal plain = new Terminal(new PrintStream(new ByteArrayOutputStream()), false);

  @Test
  void saysHowBadHowRareWhatAndTheTwoReasons() {
    Alert alert =
        alert(
            "HIGH",
            2345.6,
            number("amount", 812.4, 31.25),
            word("category", "jewellery", "groceries"),
            number("hour_habit", 0.01, 0.3));

    assertThat(new AlertLine(plain, 5_000).of(alert, event(new Truth.Anomaly("card testing", "a"))))
        .isEqualTo(
            "HIGH     1 in 2,346      card-0001  amount 812 (expected 31.3), category jewellery"
                + " (expected groceries)  [card testing]");
  }

  @Test
  void namesAFalseAlarm() {
    assertThat(new AlertLine(plain, 5_000).of(alert("LOW", 100), event(new Truth.Normal())))
        .endsWith("[false alarm]");
  }

  @Test
  void marksAScoreAboveAllThatTheModelWasValidatedOn() {
    assertThat(new AlertLine(plain, 5_000).of(alert("LOW", 5_000), event(new Truth.Unknown())))
        .contains("1 in 5,000+ ");
  }

  @Test
  void coloursOnlyOnATerminal() {
    Terminal coloured = new Terminal(new PrintStream(new ByteArrayOutputStream()), true);

    assertThat(new AlertLine(plain, 5_000).of(alert("CRITICAL", 9), event(new Truth.Unknown())))
        .doesNotContain("\u001b");
    assertThat(new AlertLine(coloured, 5_000).of(alert("CRITICAL", 9), event(new Truth.Unknown())))
        .contains("\u001b");
  }

  private static Alert alert(String severity, double rarity, FeatureContribution... features) {
    return Alert.newBuilder()
        .setSeverity(severity)
        .setRarity(rarity)
        .setFeatures(List.of(features))
        .build();
  }

  private static FeatureContribution number(String name, double actual, double expected) {
    return FeatureContribution.newBuilder()
        .setName(name)
        .setActual(actual)
        .setExpected(expected)
        .build();
  }

  private static FeatureContribution word(String name, String actual, String expected) {
    return FeatureContribution.newBuilder()
        .setName(name)
        .setActualText(actual)
        .setExpectedText(expected)
        .build();
  }

  private static StreamEvent event(Truth truth) {
    return new StreamEvent(0, null, 0, null, truth, "card-0001");
  }
}
