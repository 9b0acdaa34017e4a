package io.weir.streams.tell;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.event.Alert;
import io.weir.schemas.event.FeatureContribution;
import io.weir.schemas.event.Incident;
import io.weir.streams.judge.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertTellingTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void aLineSaysWhenHowBadWhomHowRareAndWhy() {
    assertThat(AlertTable.line(alert().build()))
        .isEqualTo(
            "2026-03-01T12:00:00Z  HIGH      card-0001                    12.3 > 4.56"
                + "  1 in 12,346     amount 4,980 (expected 41.2), country missing (expected DE)");
  }

  @Test
  void theSentenceComesFirstAndTheIncidentLast() {
    assertThat(
            AlertTable.line(
                alert()
                    .setSentence("amount 4,980.00 where 41.20 was expected")
                    .setIncident(
                        Incident.newBuilder()
                            .setStatus("UPDATED")
                            .setEvents(7)
                            .setDurationMs(150_000)
                            .setPeakScore(20)
                            .build())
                    .build()))
        .endsWith(
            "  amount 4,980.00 where 41.20 was expected  [incident updated: 7 events in 2 min, peak"
                + " 20]");
  }

  @Test
  void nothingInALineMovesTheCursor() {
    String line =
        AlertTable.line(
            alert()
                .setSentence("\u001b[2J\r\n\u009b\u202e")
                .setSeverity("\u0007HIGH")
                .setKey(key("\u001b]0;x\u0007"))
                .setIncident(Incident.newBuilder().setStatus("\b").build())
                .build());
    assertThat(line.chars()).allMatch(c -> c >= 0x20 && (c < 0x7f || c > 0x9f) && c != 0x202e);
    assertThat(line).contains("\\u0007HIGH").contains("0x1b5d303b7807").contains("\\u001b[2J");
  }

  @Test
  void longKeysAreShortenedByWholeCharacters() {
    assertThat(AlertTable.line(alert().setKey(key("😀".repeat(30))).build()))
        .contains("  " + "😀".repeat(19) + "…");
  }

  @Test
  void filtersAreForSeverityKeyAndTime() {
    Alert high = alert().build();
    assertThat(AlertFilter.from(Severity.HIGH).passes(high)).isTrue();
    assertThat(AlertFilter.from(Severity.CRITICAL).passes(high)).isFalse();
    assertThat(
            AlertFilter.from(Severity.CRITICAL).passes(alert().setSeverity("APOCALYPTIC").build()))
        .as("a severity of a newer Weir")
        .isTrue();
    assertThat(key("card-0001", high)).isTrue();
    assertThat(key("card-0002", high)).isFalse();
    assertThat(key("card-0001", alert().setKey(null).build())).isFalse();
    Alert binary = alert().setKey(ByteBuffer.wrap(new byte[] {0, (byte) 0xff})).build();
    assertThat(key("0x00ff", binary)).isTrue();
    assertThat(time(NOW, NOW.plusMillis(1), high)).isTrue();
    assertThat(time(NOW.plusMillis(1), NOW.plusMillis(2), high)).isFalse();
    assertThat(time(NOW.minusMillis(1), NOW, high)).isFalse();
  }

  @Test
  void readingBeginsWhereItWasAskedFor() {
    assertThat(TailRange.of(false, Optional.empty(), true, 1).start())
        .isInstanceOf(TailRange.Start.End.class);
    assertThat(TailRange.of(true, Optional.empty(), true, 1).start())
        .isInstanceOf(TailRange.Start.Beginning.class);
    assertThat(TailRange.of(false, Optional.empty(), false, 1).start())
        .as("without following, there is nothing behind the end")
        .isInstanceOf(TailRange.Start.Beginning.class);
    assertThat(TailRange.of(false, Optional.of(NOW), false, 1).start())
        .isEqualTo(new TailRange.Start.Time(NOW));
  }

  @Test
  void numbersKeepTheDigitsThatMatter() {
    assertThat(AlertText.value(null, 1234567.8)).isEqualTo("1,234,568");
    assertThat(AlertText.value(null, 3.0)).isEqualTo("3");
    assertThat(AlertText.value(null, 3.14159)).isEqualTo("3.14");
    assertThat(AlertText.value(null, 0.01234)).isEqualTo("0.012");
    assertThat(AlertText.value(null, 0.0000123)).isEqualTo("1.23e-05");
    assertThat(AlertText.value(null, null)).isEqualTo("missing");
  }

  private static boolean key(String wanted, Alert alert) {
    return new AlertFilter(Severity.LOW, Optional.of(wanted), Optional.empty(), Optional.empty())
        .passes(alert);
  }

  private static boolean time(Instant since, Instant until, Alert alert) {
    return new AlertFilter(Severity.LOW, Optional.empty(), Optional.of(since), Optional.of(until))
        .passes(alert);
  }

  private static ByteBuffer key(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Alert.Builder alert() {
    return Alert.newBuilder()
        .setKey(key("card-0001"))
        .setEventTime(NOW)
        .setSeverity("HIGH")
        .setScore(12.3f)
        .setThreshold(4.56)
        .setRarity(12_345.6)
        .setFeatures(
            List.of(
                FeatureContribution.newBuilder()
                    .setName("amount")
                    .setActual(4980.0)
                    .setExpected(41.2)
                    .build(),
                FeatureContribution.newBuilder().setName("country").setExpectedText("DE").build()));
  }
}
