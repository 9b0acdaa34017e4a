package io.weir.streams.mute;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.event.Incident;
import io.weir.streams.judge.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cool-downs and incidents, event by event. Each line told has the offset of the alert's event and
/// how many were suppressed before it.
class TaskMuteTest {
  private static final MuteRules COOLDOWN = new MuteRules(List.of(), 100, 0, 0);
  private static final MuteRules INCIDENTS = new MuteRules(List.of(), 0, 100, 0);
  private static final MuteRules BOTH = new MuteRules(List.of(), 1_000, 100, 0);

  @Test
  void withoutRulesEveryAnomalyIsAnAlert() {
    try (MutedEvents events = new MutedEvents(MuteRules.NONE)) {
      assertThat(events.anomalous("ann", 1, 2).anomalous(null, 3).told())
          .containsExactly("0 alert", "1 alert", "2 alert");
      assertThat(events.stored()).isZero();
    }
  }

  @Test
  void aKeyCoolsDownAfterItsAlertAndTheNextOneSaysWhatWasSuppressed() {
    try (MutedEvents events = new MutedEvents(COOLDOWN)) {
      events.anomalous("ann", 1_000, 1_050).anomalous("bob", 1_060).anomalous("ann", 1_100, 1_101);
      assertThat(events.told())
          .as("a suppressed event does not prolong the cool-down")
          .containsExactly("0 alert", "1 cooling down", "2 alert", "3 cooling down", "4 alert +2");
    }
  }

  @Test
  void anEventFarOlderThanTheAlertIsOutsideItsCooldown() {
    try (MutedEvents events = new MutedEvents(COOLDOWN)) {
      assertThat(events.anomalous("ann", 4_102_444_800_000L, 1_000, 1_100).told())
          .as("one timestamp from the future silences nobody")
          .containsExactly("0 alert", "1 alert", "2 cooling down");
    }
  }

  @Test
  void anIncidentOpensAndIsClosedOnceThePartitionsTimeHasPassedIt() {
    try (MutedEvents events = new MutedEvents(INCIDENTS)) {
      events.anomalous("ann", 1_000, 1_100, 1_200);
      assertThat(events.told()).containsExactly("0 OPENED", "1 known", "2 known");
      events.normal(1_300, 1_301, 1_302, 1_303, 1_304, 1_305, 1_306, 1_307);
      assertThat(events.told()).as("the smallest of eight is 1,300: not passed yet").isEmpty();
      events.normal(1_308);
      assertThat(events.told()).containsExactly("2 CLOSED +2");
      Incident closed = events.notices.getLast().incident();
      assertThat(closed.getId()).isEqualTo(events.notices.getFirst().alert().getId());
      assertThat(closed.getStarted()).isEqualTo(Instant.ofEpochMilli(1_000));
      assertThat(closed.getDurationMs()).isEqualTo(200);
      assertThat(closed.getEvents()).isEqualTo(3);
      assertThat(events.stored()).as("the alerts' schema and the time").isEqualTo(2);
    }
  }

  @Test
  void anEventAfterTheGapClosesTheIncidentAndOpensTheNext() {
    try (MutedEvents events = new MutedEvents(INCIDENTS)) {
      assertThat(events.anomalous("ann", 1_000, 1_101, 900).told())
          .as("a late one, too")
          .containsExactly("0 OPENED", "0 CLOSED", "1 OPENED", "1 CLOSED", "2 OPENED");
    }
  }

  @Test
  void anIncidentThatGetsMoreSevereIsTold() {
    try (MutedEvents events = new MutedEvents(INCIDENTS)) {
      events
          .anomalous("ann", 1_000, 5, Severity.LOW)
          .anomalous("ann", 1_010, 6, Severity.LOW)
          .anomalous("ann", 1_020, 9, Severity.HIGH)
          .anomalous("ann", 1_030, 8, Severity.MEDIUM)
          .anomalous("ann", 1_040, 9.5f, Severity.HIGH);
      assertThat(events.told())
          .containsExactly("0 OPENED", "1 known", "2 UPDATED +1", "3 known", "4 known");
      Incident updated = events.notices.getLast().incident();
      assertThat(updated.getPeakScore()).isEqualTo(9);
      assertThat(updated.getPeakOffset()).isEqualTo(2);
      assertThat(updated.getPeakSeverity()).isEqualTo("HIGH");
    }
  }

  @Test
  void anIncidentThatGoesOnIsToldNowAndThen() {
    try (MutedEvents events = new MutedEvents(new MuteRules(List.of(), 0, 100, 150))) {
      assertThat(events.anomalous("ann", 1_000, 1_100, 1_150, 1_200, 1_300).told())
          .containsExactly("0 OPENED", "1 known", "2 UPDATED +1", "3 known", "4 UPDATED +1");
    }
  }

  @Test
  void withinAnIncidentNothingCoolsDownAndAfterItNothingOpensUntilItHas() {
    try (MutedEvents events = new MutedEvents(BOTH)) {
      events
          .anomalous("ann", 1_000, 1_100)
          .anomalous("ann", 1_150, 9, Severity.HIGH)
          .anomalous("ann", 1_300, 2_150, 2_151);
      assertThat(events.told())
          .containsExactly(
              "0 OPENED",
              "1 known",
              "2 UPDATED +1",
              "2 CLOSED",
              "3 cooling down",
              "4 cooling down",
              "5 OPENED +2");
    }
  }

  @Test
  void eventsWithoutAKeyAreOneKeyOfTheirPartition() {
    try (MutedEvents events = new MutedEvents(INCIDENTS)) {
      assertThat(events.anomalous(null, 1_000).anomalous("", 1_010).anomalous(null, 1_020).told())
          .as("an empty key is a key")
          .containsExactly("0 OPENED", "1 OPENED", "2 known");
    }
  }

  @Test
  void aFewTimestampsFromTheFutureCloseNothing() {
    try (MutedEvents events = new MutedEvents(INCIDENTS)) {
      events.anomalous("ann", 1_000);
      for (int i = 0; i < 20; i++) {
        events.normal(1_001 + i, 4_102_444_800_000L, 4_102_444_800_000L, 4_102_444_800_000L);
      }
      assertThat(events.anomalous("ann", 1_090).told()).containsExactly("0 OPENED", "81 known");
    }
  }

  @Test
  void aKeyWhoseEventsAlwaysComeLateHasIncidentsToo() {
    try (MutedEvents events = new MutedEvents(INCIDENTS)) {
      events.anomalous("bob", 90_000).normal(LongStream.range(90_001, 90_020).toArray());
      events.told();
      events.anomalous("ann", 1_000);
      for (int i = 0; i < 10; i++) {
        events.normal(90_020 + i).anomalous("ann", 1_010 + i);
      }
      assertThat(events.told()).filteredOn(told -> !told.endsWith("known")).hasSize(1);
    }
  }

  @Test
  void aRareKeyWhoseEventsComeLateHasIncidentsToo() {
    try (MutedEvents events = new MutedEvents(INCIDENTS)) {
      for (int i = 0; i < 30; i++) {
        events.normal(LongStream.range(90_000 + 5 * i, 90_010 + 5 * i).toArray());
        events.anomalous("ann", 1_000 + 5 * i);
      }
      assertThat(events.told()).filteredOn(told -> !told.endsWith("known")).hasSize(1);
    }
  }

  @Test
  void whatIsKeptIsBoundedByWhatIsOpen() {
    try (MutedEvents events = new MutedEvents(BOTH)) {
      for (int key = 0; key < 500; key++) {
        events.anomalous("key" + key, 1_000 + key, 1_001 + key);
      }
      assertThat(events.stored()).isEqualTo(502);
      events.normal(LongStream.range(10_000, 10_010).toArray());
      assertThat(events.stored()).as("the schema and the time").isEqualTo(2);
      assertThat(events.notices).filteredOn(n -> status(n).equals("CLOSED")).hasSize(500);
    }
  }

  @Test
  void incidentsThatAreSwitchedOffAreClosed() {
    try (MutedEvents events = new MutedEvents(BOTH)) {
      events.anomalous("ann", 1_000, 1_100).told();
      events.with(COOLDOWN).anomalous("ann", 1_150);
      assertThat(events.told()).containsExactly("1 CLOSED +1", "2 cooling down");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void restartsChangeNothing(long seed) {
    for (MuteRules rules :
        List.of(COOLDOWN, INCIDENTS, BOTH, new MuteRules(List.of(), 50, 30, 60))) {
      try (MutedEvents whole = new MutedEvents(rules);
          MutedEvents again = new MutedEvents(rules);
          MutedEvents interrupted = new MutedEvents(rules)) {
        feed(whole, seed, 0);
        feed(again, seed, 0);
        feed(interrupted, seed, 0.05);
        assertThat(again.told).isEqualTo(whole.told);
        assertThat(interrupted.told).isEqualTo(whole.told);
        assertThat(interrupted.notices).isEqualTo(whole.notices);
        assertThat(whole.told).hasSizeGreaterThan(100);
      }
    }
  }

  /// Every anomalous event is told of by an alert of its own, or is among the suppressed of a later
  /// one, or is still open.
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void nothingIsLost(long seed) {
    try (MutedEvents events = new MutedEvents(new MuteRules(List.of(), 50, 30, 60))) {
      feed(events, seed, 0);
      long suppressed =
          events.told.stream().filter(t -> t.endsWith("known") || t.endsWith("down")).count();
      // A day, so that counts of keys that are quiet since are not forgotten.
      events.normal(LongStream.range(100_000, 100_010).toArray());
      for (int key = 0; key < 5; key++) {
        events.anomalous(key == 0 ? null : "key" + key, 100_020);
      }
      assertThat(events.notices.stream().mapToLong(Notice::suppressed).sum()).isEqualTo(suppressed);
    }
  }

  private static String status(Notice notice) {
    return notice.incident().getStatus();
  }

  private static void feed(MutedEvents events, long seed, double restarts) {
    Random random = new Random(seed);
    Random stops = new Random(seed);
    long time = 1_000;
    for (int i = 0; i < 1_000; i++) {
      time += random.nextInt(12);
      long timestamp =
          switch (random.nextInt(40)) {
            case 0 -> time + 1_000_000;
            case 1 -> Math.max(0, time - random.nextInt(200));
            default -> time;
          };
      int key = random.nextInt(5);
      float score = random.nextInt(10);
      if (random.nextInt(5) == 0) {
        events.anomalous(
            key == 0 ? null : "key" + key, timestamp, score, Severity.values()[(int) (score / 3)]);
      } else {
        events.normal(timestamp);
      }
      if (stops.nextDouble() < restarts) {
        events.restart();
      }
    }
  }
}
