package io.weir.demo.source;

/// What is known about an event beside its data: kept by the demo, never sent.
public sealed interface Truth {
  /// Nobody has labelled it.
  record Unknown() implements Truth {}

  /// Labelled as normal.
  record Normal() implements Truth {}

  /// Labelled as an anomaly.
  ///
  /// @param kind what sort of anomaly
  /// @param occurrence which events belong together, such as all payments of one stolen card
  record Anomaly(String kind, String occurrence) implements Truth {}
}
