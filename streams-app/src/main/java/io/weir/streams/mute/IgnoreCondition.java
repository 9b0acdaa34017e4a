package io.weir.streams.mute;

import io.weir.streams.judge.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A condition of an ignore rule. Of a window, the newest event counts.
public sealed interface IgnoreCondition {
  /// Whether it holds for an event.
  boolean holds(Anomaly anomaly);

  /// A slot among the model's features.
  ///
  /// @param index from 0
  /// @param of so many
  record Slot(int index, int of) {
    float actual(Anomaly anomaly) {
      return anomaly.actual(index, of);
    }

    float expected(Anomaly anomaly) {
      return anomaly.expected(index, of);
    }
  }

  /// A number within bounds; a missing one never is.
  ///
  /// @param from lower bound
  /// @param fromIncluded whether the bound itself is within
  /// @param outside whether numbers outside are meant instead
  record Range(
      Slot slot, float from, boolean fromIncluded, float to, boolean toIncluded, boolean outside)
      implements IgnoreCondition {
    @Override
    public boolean holds(Anomaly anomaly) {
      float value = slot.actual(anomaly);
      boolean above = value > from || fromIncluded && value == from;
      boolean below = value < to || toIncluded && value == to;
      return !Float.isNaN(value) && (above && below) != outside;
    }
  }

  /// One of some words of a category, or a state of a flag, by their slot values; a missing one is
  /// none of them.
  ///
  /// @param others whether all other words are meant instead
  record Words(Slot slot, Set<Integer> values, boolean others) implements IgnoreCondition {
    public Words {
      values = Set.copyOf(values);
    }

    @Override
    public boolean holds(Anomaly anomaly) {
      float value = slot.actual(anomaly);
      return !Float.isNaN(value) && values.contains(Math.round(value)) != others;
    }
  }

  /// A value that is missing.
  record Missing(Slot slot) implements IgnoreCondition {
    @Override
    public boolean holds(Anomaly anomaly) {
      return Float.isNaN(slot.actual(anomaly));
    }
  }

  /// A number on one side of what the model expected, at least so far from it.
  ///
  /// @param above the side
  /// @param distance in the feature's own unit, or as a fraction of the expectation's magnitude
  record Direction(Slot slot, boolean above, double distance, boolean relative)
      implements IgnoreCondition {
    @Override
    public boolean holds(Anomaly anomaly) {
      double expected = slot.expected(anomaly);
      double difference = above ? slot.actual(anomaly) - expected : expected - slot.actual(anomaly);
      return difference > 0 && difference >= (relative ? distance * Math.abs(expected) : distance);
    }
  }

  /// The feature with the largest contribution, the first one of an alert.
  ///
  /// @param features their places
  /// @param of so many
  record Cause(Set<Integer> features, int of) implements IgnoreCondition {
    public Cause {
      features = Set.copyOf(features);
    }

    @Override
    public boolean holds(Anomaly anomaly) {
      return features.contains(anomaly.explanation().largestShare(of));
    }
  }

  /// How severe the event is.
  record Severities(Set<Severity> levels) implements IgnoreCondition {
    public Severities {
      levels = Set.copyOf(levels);
    }

    @Override
    public boolean holds(Anomaly anomaly) {
      return levels.contains(anomaly.severity());
    }
  }

  /// The record's key, as UTF-8 text.
  ///
  /// @param keys byte for byte
  record Keys(List<byte[]> keys, boolean others) implements IgnoreCondition {
    public Keys {
      keys = List.copyOf(keys);
    }

    @Override
    public boolean holds(Anomaly anomaly) {
      return anomaly.key() != null
          && keys.stream().anyMatch(key -> Arrays.equals(key, anomaly.key())) != others;
    }
  }

  /// A record without a key.
  record Keyless() implements IgnoreCondition {
    @Override
    public boolean holds(Anomaly anomaly) {
      return anomaly.key() == null;
    }
  }

  /// The event's time.
  record InSchedule(Schedule schedule) implements IgnoreCondition {
    @Override
    public boolean holds(Anomaly anomaly) {
      return schedule.includes(anomaly.timestamp());
    }
  }
}
