package io.weir.streams.redrive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which dead letters of a partition are redriven: all before a position, and of some kinds those
/// in stretches behind it, where others were left. Kept as a committed offset and its metadata.
final class Done {
  /// Brokers take metadata of so many bytes unless told otherwise (`offset.metadata.max.bytes`).
  static final int METADATA_MAX = 4_096;

  private static final String VERSION = "weir-redrive-1";

  private long position;
  private final Map<String, List<Stretch>> stretches = new TreeMap<>();

  private record Stretch(long from, long to) {}

  Done(long position) {
    this.position = position;
  }

  /// What was committed.
  ///
  /// @throws IllegalArgumentException if the metadata is not of this class
  static Done read(long position, String metadata) {
    Done done = new Done(position);
    if (metadata == null || metadata.isEmpty()) {
      return done;
    }
    String[] lines = metadata.split("\n");
    if (!lines[0].equals(VERSION)) {
      throw new IllegalArgumentException("not of a redrive: " + metadata);
    }
    for (int i = 1; i < lines.length; i++) {
      String[] words = lines[i].split(" ");
      List<Stretch> of = new ArrayList<>();
      for (int j = 1; j < words.length; j++) {
        String[] ends = words[j].split("-");
        of.add(new Stretch(Long.parseLong(ends[0]), Long.parseLong(ends[1])));
      }
      done.stretches.put(words[0], of);
    }
    return done;
  }

  /// The metadata of the offset [#position()].
  String metadata() {
    StringBuilder text = new StringBuilder();
    stretches.forEach(
        (kind, of) -> {
          text.append('\n').append(kind);
          of.forEach(s -> text.append(' ').append(s.from()).append('-').append(s.to()));
        });
    return text.isEmpty() ? "" : VERSION + text;
  }

  /// All before it is redriven, or foreign.
  long position() {
    return position;
  }

  boolean contains(DeadLetter.Kind kind, long offset) {
    return offset < position
        || stretches.getOrDefault(name(kind), List.of()).stream()
            .anyMatch(s -> s.from() <= offset && offset < s.to());
  }

  /// Takes all of a kind in a stretch for redriven.
  void add(DeadLetter.Kind kind, long from, long to) {
    long first = from;
    long end = to;
    List<Stretch> apart = new ArrayList<>();
    for (Stretch each : stretches.getOrDefault(name(kind), List.of())) {
      if (each.to() < first || end < each.from()) {
        apart.add(each);
      } else {
        first = Math.min(first, each.from());
        end = Math.max(end, each.to());
      }
    }
    apart.add(new Stretch(first, end));
    stretches.put(name(kind), apart);
  }

  /// Takes all before an offset for done.
  void advance(long to) {
    position = Math.max(position, to);
    stretches.values().forEach(of -> of.removeIf(s -> s.to() <= position));
    stretches.values().removeIf(List::isEmpty);
  }

  private static String name(DeadLetter.Kind kind) {
    return kind.topic() + "/" + kind.reason() + "/" + kind.attempts();
  }
}
