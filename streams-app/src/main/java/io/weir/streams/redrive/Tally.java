package io.weir.streams.redrive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What becomes of the dead letters of a topic, counted.
public final class Tally {
  private final Map<Line, Long> lines = new TreeMap<>();
  private final List<Integer> unaccounted = new ArrayList<>();
  private long foreign;

  /// What happens to dead letters.
  public enum Fate {
    /// Back to their topic.
    REDRIVE("to be redriven"),
    /// An earlier run did it.
    DONE("redriven earlier"),
    /// Another topic or reason, an older one, or one beyond the limit.
    NOT_CHOSEN("left: not chosen"),
    /// They came back too often.
    TOO_OFTEN("left: redriven as often as --max-attempts allows"),
    /// Their topic or partition is not there.
    NO_TOPIC("left: their topic or its partition is not there");

    private final String text;

    Fate(String text) {
      this.text = text;
    }

    /// As people read it.
    public String text() {
      return text;
    }
  }

  /// Dead letters with the same lot.
  ///
  /// @param topic where they came from
  /// @param reason why they could not be scored
  public record Line(String topic, String reason, Fate fate) implements Comparable<Line> {
    @Override
    public int compareTo(Line other) {
      int order = topic.compareTo(other.topic);
      order = order != 0 ? order : reason.compareTo(other.reason);
      return order != 0 ? order : fate.compareTo(other.fate);
    }
  }

  void count(DeadLetter.Kind kind, Fate fate) {
    lines.merge(new Line(kind.topic(), kind.reason(), fate), 1L, Long::sum);
  }

  void foreign() {
    foreign++;
  }

  void unaccounted(int partition) {
    unaccounted.add(partition);
  }

  /// Partitions of the dead-letter topic of which nothing says what was redriven before.
  public List<Integer> unaccounted() {
    return unaccounted.stream().sorted().toList();
  }

  /// How many of each, in the order of topics and reasons.
  public Map<Line, Long> lines() {
    return new TreeMap<>(lines);
  }

  /// How many do not say where they came from.
  public long foreignCount() {
    return foreign;
  }

  /// How many have one lot.
  public long of(Fate fate) {
    return lines.entrySet().stream()
        .filter(e -> e.getKey().fate() == fate)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
