package io.weir.trainer.config;

/// Where presets come from.
public enum Family {
  WEIR("Weir", 14),
  /// Variational autoencoders that search for new physics at CERN.
  ML4ANOMALIES("ML4Anomalies, a search for new physics at CERN", 14),
  /// A study of depth, latent size and beta on images.
  DYNAMIC("dynamic AE, VAE and beta-VAE: a study of depth, latent size and beta", 784),
  /// Examples of Keras.
  CLASSIC("Keras' example", 784),
  /// Images read row by row.
  RECURRENT("LSTM-encoder VAE of images, in Keras", 784);

  private final String title;
  private final int inputs;

  Family(String title, int inputs) {
    this.title = title;
    this.inputs = inputs;
  }

  /// For a heading.
  public String title() {
    return title;
  }

  /// How many inputs its models were published with.
  public int inputs() {
    return inputs;
  }
}
