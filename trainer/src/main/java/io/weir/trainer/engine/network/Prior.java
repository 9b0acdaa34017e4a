package io.weir.trainer.engine.network;

import java.util.List;

/// What the latent of a VAE is held close to: a normal distribution with independent columns.
///
/// @param means of each latent column; a single one counts for all
/// @param deviations standard deviations, above 0; a single one counts for all
public record Prior(List<Double> means, List<Double> deviations) {
  /// Mean 0 and deviation 1, the usual one.
  public static final Prior STANDARD = new Prior(List.of(0.0), List.of(1.0));

  public Prior {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (means.isEmpty() || deviations.isEmpty()) {
      throw new IllegalArgumentException("A prior needs at least one mean and one deviation");
    }
    if (!means.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("prior means " + means + " must be finite");
    }
    if (!deviations.stream().allMatch(d -> d > 0 && Double.isFinite(d))) {
      throw new IllegalArgumentException("prior deviations " + deviations + " must be above 0");
    }
  }

  public boolean isStandard() {
    return equals(STANDARD);
  }

  /// Whether there is a mean and a deviation for each of this many columns.
  public boolean fits(int latent) {
    return (means.size() == 1 || means.size() == latent)
        && (deviations.size() == 1 || deviations.size() == latent);
  }

  public double mean(int column) {
    return means.get(means.size() == 1 ? 0 : column);
  }

  public double variance(int column) {
    double deviation = deviations.get(deviations.size() == 1 ? 0 : column);
    return deviation * deviation;
  }

  /// KL divergence of one latent from the prior: `0.5 ((mean - m)² / v + exp(logVariance) / v - 1 -
  /// logVariance + ln v)`.
  public double klDivergence(int column, double mean, double logVariance) {
    double v = variance(column);
    double away = mean - mean(column);
    return 0.5 * ((away * away + Math.exp(logVariance)) / v - 1 - logVariance + Math.log(v));
  }
}
