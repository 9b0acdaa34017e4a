package io.weir.schemas.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CycleTest {
  @Test
  void everyCycleBeginsAtItsStart() {
    assertThat(at(Cycle.TIME_OF_DAY, "2026-05-05T00:00:00Z")).isZero();
    assertThat(at(Cycle.DAY_OF_WEEK, "2026-05-04T00:00:00Z")).isZero();
    assertThat(at(Cycle.DAY_OF_YEAR, "2026-01-01T00:00:00Z")).isZero();
  }

  @Test
  void everyCycleEndsBeforeItsLength() {
    for (Cycle cycle : Cycle.values()) {
      assertThat(at(cycle, "2024-12-31T23:59:59.999999999Z")).isLessThan(cycle.seconds());
    }
    // 2024 was a leap year: the last float32 before the full circle.
    assertThat(at(Cycle.DAY_OF_YEAR, "2024-12-31T23:59:59.999Z")).isEqualTo(31_622_398f);
  }

  @Test
  void theYearKnowsItsLeapDays() {
    assertThat(at(Cycle.DAY_OF_YEAR, "2024-03-01T00:00:00Z")).isEqualTo(60 * 86_400f);
    assertThat(at(Cycle.DAY_OF_YEAR, "2026-03-01T00:00:00Z")).isEqualTo(59 * 86_400f);
    assertThat(at(Cycle.DAY_OF_YEAR, "1900-03-01T00:00:00Z")).isEqualTo(59 * 86_400f);
    assertThat(at(Cycle.DAY_OF_YEAR, "2000-03-01T00:00:00Z")).isEqualTo(60 * 86_400f);
  }

  @Property
  void agreesWithTheCalendarOfTheJdk(
      @ForAll @LongRange(min = -62_000_000_000L, max = 250_000_000_000L) long second,
      @ForAll @IntRange(max = 999_999_999) int nano) {
    Instant instant = Instant.ofEpochSecond(second, nano);
    for (Cycle cycle : Cycle.values()) {
      assertThat(cycle.position(second, nano))
          .isEqualTo((float) Reference.position(instant, cycle))
          .isBetween(0f, Math.nextDown((float) cycle.seconds()));
    }
  }

  @Property
  void staysWithinTheCycleForAnyNumber(@ForAll long second) {
    for (Cycle cycle : Cycle.values()) {
      assertThat(cycle.position(second, 0)).isBetween(0f, Math.nextDown((float) cycle.seconds()));
    }
  }

  private static float at(Cycle cycle, String time) {
    Instant instant = Instant.parse(time);
    return cycle.position(instant.getEpochSecond(), instant.getNano());
  }
}
