package io.weir.streams.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointInTimeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T10:00:00Z, 2026-01-31T10:00:00Z",
    "2026-01-31T11:00:00+01:00, 2026-01-31T10:00:00Z",
    "2026-01-31T05:00:00-05:00, 2026-01-31T10:00:00Z",
    "2026-01-31T10:00:00, 2026-01-31T10:00:00Z",
    "2026-01-31, 2026-01-31T00:00:00Z",
    "2h, 2026-03-01T10:00:00Z",
    "PT2H, 2026-03-01T10:00:00Z",
    "1d12h, 2026-02-28T00:00:00Z",
    "90s, 2026-03-01T11:58:30Z"
  })
  void aTimeIsADateOrAnInstantOrAgo(String text, Instant time) {
    assertThat(PointInTime.parse(text, NOW)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2",
        "h",
        "2w",
        "-2h",
        "P",
        "PT9999999999999H",
        "tomorrow",
        "2026-13-01T00:00:00Z",
        "2026-02-30"
      })
  void anythingElseIsRefusedWithTheForms(String text) {
    assertThatThrownBy(() -> PointInTime.parse(text, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\" is no time")
        .hasMessageContaining("such as 2h");
  }
}
