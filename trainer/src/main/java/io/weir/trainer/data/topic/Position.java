package io.weir.trainer.data.topic;

import io.weir.trainer.data.ask.DataException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A place in a topic, before it is known what the topic holds. The text of each is what
/// [#parse(String)] reads.
public sealed interface Position {
  /// What is written where a position is expected.
  String FORMS =
      "earliest, latest, an offset (100), offsets by partition (0:100,1:250), a date (2026-11-01)"
          + " or a time (2026-11-01T08:30:00Z)";

  Pattern OFFSET = Pattern.compile("\\d+");
  Pattern OFFSETS = Pattern.compile("\\d+:\\d+(,\\d+:\\d+)*");

  /// The first record that there is.
  record Earliest() implements Position {
    @Override
    public String toString() {
      return "earliest";
    }
  }

  /// Behind the last record, as of now.
  record Latest() implements Position {
    @Override
    public String toString() {
      return "latest";
    }
  }

  /// The same offset in all partitions; where a partition does not reach so far, its nearest one.
  record Offset(long offset) implements Position {
    @Override
    public String toString() {
      return Long.toString(offset);
    }
  }

  /// An offset for each partition, which must be there.
  record Offsets(Map<Integer, Long> byPartition) implements Position {
    public Offsets {
      byPartition = Map.copyOf(byPartition);
    }

    @Override
    public String toString() {
      return new TreeMap<>(byPartition)
          .entrySet().stream()
              .map(entry -> entry.getKey() + ":" + entry.getValue())
              .collect(Collectors.joining(","));
    }
  }

  /// In each partition the first record whose timestamp is not before this; behind the last record
  /// where there is none.
  record Time(Instant instant) implements Position {
    @Override
    public String toString() {
      return instant.toString();
    }
  }

  /// Reads a position.
  ///
  /// @throws DataException where it is none
  static Position parse(String text) {
    String plain = text.strip();
    if (plain.equalsIgnoreCase("earliest")) {
      return new Earliest();
    }
    if (plain.equalsIgnoreCase("latest")) {
      return new Latest();
    }
    try {
      if (OFFSET.matcher(plain).matches()) {
        return new Offset(Long.parseLong(plain));
      }
      if (OFFSETS.matcher(plain).matches()) {
        return offsets(plain);
      }
      return new Time(instant(plain));
    } catch (NumberFormatException | DateTimeException _) {
      throw new DataException("\"%s\" is no position in a topic: it is %s".formatted(text, FORMS));
    }
  }

  private static Offsets offsets(String text) {
    Map<Integer, Long> offsets = new TreeMap<>();
    for (String item : text.split(",")) {
      int colon = item.indexOf(':');
      int partition = Integer.parseInt(item.substring(0, colon));
      if (offsets.put(partition, Long.valueOf(item.substring(colon + 1))) != null) {
        throw new DataException(
            "\"%s\" names partition %d twice: each has one offset".formatted(text, partition));
      }
    }
    return new Offsets(offsets);
  }

  /// What has no zone is meant in UTC.
  private static Instant instant(String text) {
    if (!text.contains("T")) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    boolean zoned = text.endsWith("Z") || text.matches(".*T.*[+-].*");
    return zoned
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }
}
