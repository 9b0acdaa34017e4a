package io.weir.trainer.config;

/// How long and how fast a network is trained, by Adam (Kingma and Ba, 2014).
///
/// @param learningRate Adam's step size, above 0
/// @param batch rows per step, at least 1
/// @param epochs passes over the training rows, at least 1
public record Schedule(double learningRate, int batch, int epochs) {
  public Schedule {
    if (!(learningRate > 0) || !Double.isFinite(learningRate)) {
      throw new ConfigException("--learning-rate %s: must be above 0".formatted(learningRate));
    }
    if (batch < 1) {
      throw new ConfigException("--batch %d: must be at least 1".formatted(batch));
    }
    if (epochs < 1) {
      throw new ConfigException("--epochs %d: must be at least 1".formatted(epochs));
    }
  }
}
