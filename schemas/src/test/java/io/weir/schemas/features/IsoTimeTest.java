package io.weir.schemas.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-03-01,                        2026-03-01T00:00:00Z",
    "2026-03-01T08:15,                  2026-03-01T08:15:00Z",
    "2026-03-01T08:15Z,                 2026-03-01T08:15:00Z",
    "2026-03-01 08:15:30,               2026-03-01T08:15:30Z",
    "2026-03-01t08:15:30z,              2026-03-01T08:15:30Z",
    "2026-03-01T08:15:30.25,            2026-03-01T08:15:30.25Z",
    "2026-03-01T08:15:30.123456789Z,    2026-03-01T08:15:30.123456Z",
    "2026-03-01T08:15:30+01:00,         2026-03-01T07:15:30Z",
    "2026-03-01T08:15:30-0530,          2026-03-01T13:45:30Z",
    "2026-03-01T00:15:30.5+01,          2026-02-28T23:15:30.5Z",
    "0000-02-29,                        0000-02-29T00:00:00Z",
  })
  void readsTheUsualForms(String text, Instant expected) {
    assertThat(read(text)).isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-3-1",
        "2026-13-01",
        "2026-02-29",
        "1900-02-29",
        "2026-04-31",
        "2026-00-10",
        "2026-01-00",
        "2026/01/01",
        "2026-01-01T",
        "2026-01-01T08",
        "2026-01-01T24:00",
        "2026-01-01T08:60",
        "2026-01-01T08:15:60",
        "2026-01-01T08:15:30.",
        "2026-01-01T08:15:30X",
        "2026-01-01T08:15:30+1",
        "2026-01-01T08:15:30+19:00",
        "2026-01-01T08:15:30+01:60",
        "2026-01-01T08:15:30+01.00",
        "2026-01-01X08:15",
        "2026-01-01Z",
        "-026-01-01",
        "+2026-01-01",
        "2026-01-01T08:15:30Z ",
        "tomorrow"
      })
  void refusesEverythingElse(String text) {
    assertThat(read(text)).isEqualTo(IsoTime.INVALID);
  }

  @Property
  void readsWhatTheJdkWrites(
      @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_200_000L) long second,
      @ForAll @IntRange(max = 999_999) int micro,
      @ForAll @IntRange(min = -18, max = 18) int hours) {
    Instant instant = Instant.ofEpochSecond(second, micro * 1_000L);
    String text = instant.atOffset(ZoneOffset.ofHours(hours)).toString();
    if (text.charAt(0) >= '0' && text.charAt(0) <= '9') {
      assertThat(read(text)).as(text).isEqualTo(second * 1_000_000 + micro);
    }
  }

  @Test
  void readsOnlyItsRange() {
    byte[] bytes = "xx2026-03-01T08:15".getBytes(StandardCharsets.UTF_8);

    assertThat(IsoTime.epochMicros(bytes, 2, 12)).isEqualTo(read("2026-03-01"));
    assertThat(IsoTime.epochMicros(bytes, 2, 11)).isEqualTo(IsoTime.INVALID);
  }

  private static long read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return IsoTime.epochMicros(bytes, 0, bytes.length);
  }
}
