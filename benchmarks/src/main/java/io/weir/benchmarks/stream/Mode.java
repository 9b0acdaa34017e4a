package io.weir.benchmarks.stream;

/// What happens to an event.
enum Mode {
  /// Read by the same Kafka Streams settings, and dropped: the limit.
  DROP("drop everything", 1),
  /// Decoded as the application does it, and dropped.
  DECODE("decode only", 1),
  /// The application with a threshold that no score passes.
  SCORE("score, no alerts", 1),
  /// The application as it is.
  ALERTS("score + 1 % alerts", 1),
  /// The application with batches of one: an ONNX Runtime call per event, buffers reused.
  SINGLE("one ONNX call per event, buffers reused", 5),
  /// What the introduction to ONNX Runtime shows: a `float[][]` and a new tensor per event, the
  /// session's defaults. It writes no alerts.
  NAIVE("one ONNX call per event, naive", 20);

  private final String title;
  private final int share;

  Mode(String title, int share) {
    this.title = title;
    this.share = share;
  }

  String title() {
    return title;
  }

  /// A slow mode is given one in so many of the events.
  int share() {
    return share;
  }

  /// Whether the alerts topic must hold the alerts of its events afterwards.
  boolean alerts() {
    return this == ALERTS || this == SINGLE;
  }
}
