package io.weir.benchmarks.stream;

import java.util.List;

/// Events and the model that scores them.
///
/// @param features numbers of an event
/// @param events of a run, unless told otherwise
/// @param history rows that the model is trained on
/// @param training flags of `train`
record Workload(int features, int events, int history, List<String> training) {
  /// Events of about 110 bytes and the VAE of the preset `ml4anomalies-extended`.
  static final Workload SIXTEEN =
      new Workload(
          16, 8_000_000, 20_000, List.of("--preset", "ml4anomalies-extended", "--epochs", "5"));

  /// Events of 4.8 kB, as many numbers as an MNIST image has pixels, and a VAE of 27,898 parameters
  /// (784-17-8-17-784): the size of the feed-forward network of Crayfish (EDBT 2024),
  /// 784-32-32-32-10 with 27,562.
  static final Workload CRAYFISH =
      new Workload(784, 400_000, 2_000, List.of("--layers=17", "--latent=8", "--epochs=2"));
}
