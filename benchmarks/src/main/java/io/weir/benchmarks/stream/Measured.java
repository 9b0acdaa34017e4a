package io.weir.benchmarks.stream;

/// What one run gave, over the second half of its events.
///
/// @param rate events per second
/// @param cpuNanos processor time of the stream threads per event; other work on the machine
///   changes it little
/// @param allocated bytes that the stream threads allocated per event
record Measured(double rate, double cpuNanos, double allocated) {
  /// Reads [#line()].
  static Measured parse(String line) {
    String[] fields = line.split(" ");
    return new Measured(
        Double.parseDouble(fields[0]),
        Double.parseDouble(fields[1]),
        Double.parseDouble(fields[2]));
  }

  /// For another process.
  String line() {
    return rate + " " + cpuNanos + " " + allocated;
  }
}
