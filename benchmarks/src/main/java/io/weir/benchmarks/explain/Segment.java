package io.weir.benchmarks.explain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An anomaly of a machine and the metrics that show it.
///
/// @param first row of the test file, from 0
/// @param last inclusive
/// @param guilty columns of the metrics, from 0
record Segment(int first, int last, List<Integer> guilty) {
  private static final Pattern LINE = Pattern.compile("(\\d+)-(\\d+):(\\d+(?:,\\d+)*)");

  /// Those of a file with a line such as `12760-12771:1,2,31` each, metrics from 1.
  static List<Segment> read(Path causes) throws IOException {
    return Files.readAllLines(causes).stream()
        .filter(line -> !line.isBlank())
        .map(Segment::of)
        .toList();
  }

  static Segment of(String line) {
    Matcher matcher = LINE.matcher(line.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          line + " is no anomaly: FIRST-LAST:METRIC,METRIC,... is expected");
    }
    return new Segment(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Stream.of(matcher.group(3).split(","))
            .map(metric -> Integer.parseInt(metric) - 1)
            .toList());
  }
}
