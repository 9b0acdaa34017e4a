package io.weir.streams.replay;

import io.weir.streams.config.PointInTime;
import java.time.DateTimeException;
import java.time.Instant;

/// Where a range begins or ends, before it is known what the topic holds. The text of each is what
/// [#parse(String)] reads.
public sealed interface Bound {
  /// What is written where a bound is expected.
  String FORMS = "earliest, latest, a date (2026-11-01) or a time (2026-11-01T08:30:00Z)";

  /// The first record that there is.
  record Earliest() implements Bound {
    @Override
    public String toString() {
      return "earliest";
    }
  }

  /// Behind the last record, as of now.
  record Latest() implements Bound {
    @Override
    public String toString() {
      return "latest";
    }
  }

  /// In each partition the first record whose timestamp is not before this; behind the last record
  /// where there is none.
  record At(Instant time) implements Bound {
    @Override
    public String toString() {
      return time.toString();
    }
  }

  /// Reads a bound. What has no zone is meant in UTC.
  ///
  /// @throws IllegalArgumentException where it is none
  static Bound parse(String text) {
    String plain = text.strip();
    if (plain.equalsIgnoreCase("earliest")) {
      return new Earliest();
    }
    if (plain.equalsIgnoreCase("latest")) {
      return new Latest();
    }
    return new At(time(plain));
  }

  /// Reads a time.
  ///
  /// @throws IllegalArgumentException where it is none
  static Instant time(String text) {
    try {
      return PointInTime.absolute(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("\"" + text + "\" is none of " + FORMS, e);
    }
  }
}
