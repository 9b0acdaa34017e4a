package io.weir.streams.mute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  @ParameterizedTest
  @CsvSource({
    "Mon-Fri 01:00-03:00 Europe/Berlin, 2026-01-05T00:00:00Z, true",
    "Mon-Fri 01:00-03:00 Europe/Berlin, 2026-01-05T01:59:59Z, true",
    "Mon-Fri 01:00-03:00 Europe/Berlin, 2026-01-05T02:00:00Z, false",
    "Mon-Fri 01:00-03:00 Europe/Berlin, 2026-01-04T00:30:00Z, false",
    "Mon-Fri 01:00-03:00 Europe/Berlin, 2026-07-06T00:30:00Z, true",
    "Mon-Fri 01:00-03:00 Europe/Berlin, 2026-07-06T01:30:00Z, false",
    "01:00-03:00, 2026-01-04T01:00:00Z, true",
    "01:00-03:00 UTC, 2026-01-04T03:00:00Z, false",
    "'Sat,Sun 00:00-24:00 UTC', 2026-01-04T23:59:59Z, true",
    "'Sat,Sun 00:00-24:00 UTC', 2026-01-05T00:00:00Z, false",
    "Fri-Mon 10:00-11:00 +02:00, 2026-01-04T08:30:00Z, true"
  })
  void hoursAreThoseOfTheZonesClocks(String schedule, Instant time, boolean within)
      throws InvalidRuleException {
    assertThat(includes(schedule, time)).isEqualTo(within);
  }

  @ParameterizedTest
  @CsvSource({
    "Fri 22:00-06:00 UTC, 2026-01-02T22:00:00Z, true",
    "Fri 22:00-06:00 UTC, 2026-01-03T05:59:00Z, true",
    "Fri 22:00-06:00 UTC, 2026-01-03T06:00:00Z, false",
    "Fri 22:00-06:00 UTC, 2026-01-03T22:00:00Z, false",
    "Fri 22:00-06:00 UTC, 2026-01-02T05:00:00Z, false"
  })
  void overMidnightTheDayIsTheOneOnWhichItBegins(String schedule, Instant time, boolean within)
      throws InvalidRuleException {
    assertThat(includes(schedule, time)).isEqualTo(within);
  }

  @ParameterizedTest
  @CsvSource({
    // 2026-03-29: 02:00 becomes 03:00.
    "2026-03-29T00:59:00Z, false",
    "2026-03-29T01:00:00Z, false",
    // 2026-10-25: 03:00 becomes 02:00, so that 02:30 comes twice.
    "2026-10-25T00:30:00Z, true",
    "2026-10-25T01:30:00Z, true",
    "2026-10-25T02:00:00Z, false"
  })
  void anHourThatComesTwiceIsInItTwiceAndOneThatDoesNotComeIsNot(Instant time, boolean within)
      throws InvalidRuleException {
    assertThat(includes("02:00-03:00 Europe/Berlin", time)).isEqualTo(within);
  }

  private static boolean includes(String text, Instant time) throws InvalidRuleException {
    return ScheduleText.read(new RuleText("night", text)).includes(time.toEpochMilli());
  }
}
