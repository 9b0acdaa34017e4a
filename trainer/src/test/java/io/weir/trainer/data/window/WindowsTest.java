package io.weir.trainer.data.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.bulk.ArrivalLog;
import io.weir.trainer.data.bulk.Arrivals;
import io.weir.trainer.data.bulk.TimeScale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// What makes a window. An event is written `key time`; one that is left out has a `!` before it.
class WindowsTest {
  private static final double NO_GAP = Double.POSITIVE_INFINITY;

  @Test
  void aWindowIsTheLastEventsOfAKeyAndEndsAtEveryEventThatHasEnoughBeforeIt() {
    assertThat(windows(rule(3), "a 1", "a 2", "a 3", "a 4", "a 5"))
        .containsExactly("0 1 2", "1 2 3", "2 3 4");
  }

  @Test
  void keysDoNotMix() {
    assertThat(windows(rule(2), "a 1", "b 1", "a 2", "c 2", "b 3", "a 4"))
        .containsExactly("0 2", "1 4", "2 5");
  }

  @Test
  void aPauseThatIsTooLongStartsTheWindowAnew() {
    WindowRule rule = new WindowRule(2, 1, 10, false);
    assertThat(windows(rule, "a 0", "a 10", "a 21", "a 22")).containsExactly("0 1", "2 3");
  }

  @Test
  void theOtherKeysOfAPauseDoNotMatter() {
    WindowRule rule = new WindowRule(2, 1, 10, false);
    assertThat(windows(rule, "a 0", "b 5", "a 9", "b 16")).containsExactly("0 2");
  }

  @Test
  void aLateEventStaysWhereItCameAndIsNoPause() {
    WindowRule rule = new WindowRule(2, 1, 10, false);
    assertThat(windows(rule, "a 100", "a 50", "a 105")).containsExactly("0 1", "1 2");
    assertThat(arrivals("a 100", "a 50", "a 105", "b 1").late()).isEqualTo(1);
  }

  @Test
  void aStrideTakesEveryNthWindowOfARun() {
    WindowRule rule = new WindowRule(2, 3, 10, false);
    assertThat(windows(rule, "a 1", "a 2", "a 3", "a 4", "a 5", "a 6", "a 90", "a 91", "a 92"))
        .containsExactly("0 1", "3 4", "6 7");
  }

  @Test
  void paddedWindowsBeginWithTheFirstEventOfAKeyAndAfterAPause() {
    WindowRule rule = new WindowRule(3, 1, 10, true);
    assertThat(windows(rule, "a 1", "a 2", "a 3", "a 4", "b 5", "a 50"))
        .containsExactly("0", "0 1", "0 1 2", "1 2 3", "4", "5");
  }

  @Test
  void noWindowHasAnEventThatWasLeftOutOrSpansOne() {
    assertThat(windows(rule(2), "a 1", "a 2", "!a 3", "a 4", "a 5", "b 1", "b 2"))
        .containsExactly("0 1", "2 3", "4 5");
  }

  @Test
  void whatFollowsALeftOutEventIsNotPadded() {
    WindowRule rule = new WindowRule(3, 1, 10, true);
    assertThat(windows(rule, "a 1", "!a 2", "a 3", "a 4", "a 5", "a 90"))
        .containsExactly("0", "1 2 3", "4");
  }

  @Test
  void aPauseCountsFromALeftOutEventToo() {
    WindowRule rule = new WindowRule(2, 1, 10, true);
    // From 8 to 15 it is 7: no pause, so no padding either.
    assertThat(windows(rule, "a 1", "!a 8", "a 15", "a 16")).containsExactly("0", "1 2");
  }

  @Test
  void eventsWithoutAWindowAndTheLongestRunAreCounted() {
    Windows windows = Windows.of(arrivals("a 1", "b 1", "a 2", "a 3", "b 2"), rule(4));
    assertThat(windows.count()).isZero();
    assertThat(windows.without()).isEqualTo(5);
    assertThat(windows.longestRun()).isEqualTo(3);
  }

  @Test
  void aRuleThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new WindowRule(1, 1, NO_GAP, false))
        .isInstanceOf(DataException.class)
        .hasMessage("A window of 1 events: at least 2");
    assertThatThrownBy(() -> new WindowRule(2, 0, NO_GAP, false))
        .hasMessage("A stride of 0 events: at least 1");
    assertThatThrownBy(() -> new WindowRule(2, 1, -1, false))
        .hasMessage("A longest pause of -1.0: at least 0");
  }

  @Property(tries = 500)
  void windowsAreWhatTheRuleSaysWordByWord(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 6) int steps,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll boolean gaps,
      @ForAll boolean padded) {
    Random random = new Random(seed);
    WindowRule rule = new WindowRule(steps, stride, gaps ? 8 : NO_GAP, padded);
    List<String> events = new ArrayList<>();
    int time = 0;
    for (int i = 0; i < 60; i++) {
      time += random.nextInt(6) - 1;
      String leftOut = random.nextInt(9) == 0 ? "!" : "";
      events.add("%s%c %d".formatted(leftOut, 'a' + random.nextInt(3), time));
    }
    String[] written = events.toArray(String[]::new);
    assertThat(windows(rule, written)).isEqualTo(naive(rule, written));
  }

  /// Looks back from every event: slow and plain.
  private static List<String> naive(WindowRule rule, String... written) {
    record Event(int number, String key, double time, boolean kept) {}
    List<Event> events = new ArrayList<>();
    int kept = 0;
    for (String text : written) {
      boolean in = !text.startsWith("!");
      String[] words = text.replace("!", "").split(" ");
      events.add(new Event(in ? kept++ : -1, words[0], Double.parseDouble(words[1]), in));
    }
    List<String> windows = new ArrayList<>();
    Map<Integer, Integer> seenOfRun = new HashMap<>();
    for (int last = 0; last < events.size(); last++) {
      Event end = events.get(last);
      if (!end.kept) {
        continue;
      }
      List<Event> ofKey =
          events.subList(0, last + 1).stream().filter(e -> e.key.equals(end.key)).toList();
      List<Event> run = new ArrayList<>();
      boolean complete = false;
      for (int i = ofKey.size() - 1; i >= 0; i--) {
        if (!ofKey.get(i).kept) {
          break;
        }
        run.addFirst(ofKey.get(i));
        double newest =
            ofKey.subList(0, i).stream().mapToDouble(Event::time).max().orElse(-Double.MAX_VALUE);
        complete = i == 0 || ofKey.get(i).time - newest > rule.longestPause();
        if (complete) {
          break;
        }
      }
      boolean full = run.size() >= rule.steps();
      if (full || rule.padded() && complete) {
        int first = run.getFirst().number;
        int before = seenOfRun.merge(first, 1, Integer::sum) - 1;
        if (before % rule.stride() == 0) {
          StringBuilder window = new StringBuilder();
          run.subList(Math.max(0, run.size() - rule.steps()), run.size())
              .forEach(e -> window.append(e.number).append(' '));
          windows.add(window.toString().strip());
        }
      }
    }
    return windows;
  }

  private static WindowRule rule(int steps) {
    return new WindowRule(steps, 1, NO_GAP, false);
  }

  /// The windows, each as the numbers of its events among those that were not left out.
  private static List<String> windows(WindowRule rule, String... events) {
    Windows windows = Windows.of(arrivals(events), rule);
    List<String> written = new ArrayList<>();
    for (int i = 0; i < windows.count(); i++) {
      StringBuilder window = new StringBuilder();
      for (int at = windows.first()[i]; at <= windows.last()[i]; at++) {
        window.append(windows.order()[at]).append(' ');
      }
      assertThat(windows.order()[windows.last()[i]]).isEqualTo(windows.rows()[i]);
      written.add(window.toString().strip());
    }
    assertThat(windows.rows()).isSorted();
    return written;
  }

  private static Arrivals arrivals(String... events) {
    int kept = (int) List.of(events).stream().filter(event -> !event.startsWith("!")).count();
    ArrivalLog log = new ArrivalLog(kept, TimeScale.OWN);
    for (String event : events) {
      String[] words = event.replace("!", "").split(" ");
      log.add(words[0], Double.parseDouble(words[1]), !event.startsWith("!"));
    }
    return log.finish();
  }
}
