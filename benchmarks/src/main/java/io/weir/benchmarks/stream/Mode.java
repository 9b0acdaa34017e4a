package io.weir.benchmarks.stream;

/// What happens to an event.
enum Mode {
  /// Read by the same Kafka Streams settings, and dropped: the limit.
  DROP("drop everything"),
  /// The application as it is.
  AHEAD("score ahead + 1 % alerts"),
  /// The application with batches of one: an ONNX Runtime call per event, buffers reused.
  SINGLE("one ONNX call per event + 1 % alerts");

  private final String title;

  Mode(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
