package io.weir.detector;

import io.weir.schemas.card.FeaturePreprocessing;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.features.FeatureSpec;
import java.util.List;

/// When two runtimes agree on a row: the rule behind the golden vectors and the parity gate.
///
/// Values agree within a relative 1e-5. A loss, however, is what remains of two nearly equal
/// float32 numbers, and cannot be reproduced below their rounding: where that is coarser, every
/// value inside the network may be off by `d` = 2e-6 x the unit of the row, the largest of its
/// network inputs and latents (at least 1), and
/// - a squared loss T, summed over n outputs, by `2 d sqrt(n T) + n d^2`; an absolute loss or a
///   cross-entropy by `n d`; a negative log-likelihood, whose squares are divided by variances of
///   at least exp(-10), by that of a squared loss with `d exp(5)`; a mean by an n-th of that;
/// - a KL divergence K, summed over l latents, by `d (l + 2 sqrt(2 l K))`;
/// - a contribution by what its parts may be off, divided by T;
/// - a classifier's probability by 1e-5 of the unit and by what the losses that it may be given may
///   be off;
/// - an expected value or a latent by 1e-5 of that unit, in the network's scale.
///
/// Categories are equal or not; expected cyclic times agree within a thousandth of the cycle, since
/// the angle of a short vector is not well determined.
///
/// A GPU adds in another order and has its own exponential function: there ten times as much is
/// allowed of everything else.
public final class Agreement {
  private static final double RELATIVE_CPU = 1e-5;
  private static final double GPU = 10;

  /// How far every value inside the network may be off, in units of the row.
  public static final double ROUNDING = 2e-6;

  private static final double CYCLE_SHARE = 1e-3;
  private static final double LARGEST_LOG_VARIANCE = 10;

  private final List<FeatureSpec> features;
  private final List<FeaturePreprocessing> preprocessing;
  private final int outputs;
  private final int latents;
  private final boolean squared;
  private final boolean gaussian;
  private final boolean classified;
  private final boolean mean;
  private final boolean klMean;
  private final double klWeight;
  private final double relative;
  private final double roundingPerUnit;

  /// The rule for the models of this card on a CPU.
  public Agreement(ModelCard card) {
    this(card, 1);
  }

  private Agreement(ModelCard card, double slack) {
    relative = slack * RELATIVE_CPU;
    roundingPerUnit = slack * ROUNDING;
    features = card.features();
    preprocessing = card.preprocessing();
    outputs = card.architecture().inputs();
    latents = card.architecture().latent();
    squared = card.training().reconstructionLoss().equals("mse");
    gaussian = card.training().reconstructionLoss().equals("gaussian");
    classified = card.architecture().kind().equals("vae_classifier");
    mean = card.training().reconstructionReduction().equals("mean");
    klMean = card.training().klReduction().equals("mean");
    klWeight = card.scoring().klWeight();
  }

  /// The rule for the models of this card where they are computed by `provider`.
  static Agreement on(ExecutionProvider provider, ModelCard card) {
    return switch (provider) {
      case ExecutionProvider.Cpu _ -> new Agreement(card, 1);
      case ExecutionProvider.Cuda _, ExecutionProvider.Auto _ -> new Agreement(card, GPU);
    };
  }

  /// The furthest output of a row; it decides whether the row agrees.
  ///
  /// @param row [features], or [steps x features] of a window: the raw values that were scored, NaN
  ///   where missing
  public Deviation worst(float[] row, Explanation expected, Explanation actual) {
    return worst(row, expected, actual, 0);
  }

  /// The furthest output of a row, where the expected loss is known to be that inexact.
  ///
  /// @param lossRounding how far the expected reconstruction loss may be off, in its own unit
  public Deviation worst(
      float[] row, Explanation expected, Explanation actual, double lossRounding) {
    double unit = largestInput(row);
    for (float value : expected.latent()) {
      unit = Math.max(unit, Math.abs(value));
    }
    double rounding = roundingPerUnit * unit;
    double loss = larger(expected.reconstructionLoss(), actual.reconstructionLoss());
    // Where the learned variances are known, so is what they make of the rounding.
    double lossAllowed =
        gaussian && lossRounding > 0
            ? relative * loss + lossRounding
            : lossAllowed(loss, rounding) + lossRounding;
    double klAllowed = klAllowed(larger(expected.klDivergence(), actual.klDivergence()), rounding);
    Deviation worst =
        Deviation.of(
            "reconstruction_loss",
            expected.reconstructionLoss(),
            actual.reconstructionLoss(),
            lossAllowed);
    worst =
        Deviation.worse(
            worst,
            Deviation.of(
                "kl_divergence", expected.klDivergence(), actual.klDivergence(), klAllowed));
    worst =
        Deviation.worse(
            worst,
            Deviation.of(
                "score",
                expected.score(),
                actual.score(),
                classified
                    ? relative * unit + lossAllowed + klAllowed
                    : lossAllowed + klWeight * klAllowed));
    for (int i = 0; i < row.length; i++) {
      worst =
          Deviation.worse(worst, expected(i, expected.expected()[i], actual.expected()[i], unit));
      worst =
          Deviation.worse(
              worst,
              contribution(
                  i,
                  expected.contribution()[i],
                  actual.contribution()[i],
                  loss,
                  lossRounding,
                  rounding));
    }
    for (int i = 0; i < latents; i++) {
      worst =
          Deviation.worse(
              worst,
              Deviation.of(
                  "latent[" + i + "]", expected.latent()[i], actual.latent()[i], relative * unit));
    }
    return worst;
  }

  /// The feature of a row's value: windows have all of them for each event.
  private FeatureSpec feature(int i) {
    return features.get(i % features.size());
  }

  private FeaturePreprocessing preprocessing(int i) {
    return preprocessing.get(i % features.size());
  }

  private double lossAllowed(double loss, double rounding) {
    double sum = mean ? loss * outputs : loss;
    double rounded = rounded(sum, outputs, rounding);
    return relative * loss + (mean ? rounded / outputs : rounded);
  }

  private double rounded(double sum, int terms, double rounding) {
    if (gaussian) {
      double squares = 2 * sum + LARGEST_LOG_VARIANCE * terms;
      double scaled = rounding * Math.exp(LARGEST_LOG_VARIANCE / 2);
      return 2 * scaled * Math.sqrt(terms * squares) + terms * scaled * scaled;
    }
    return squared
        ? 2 * rounding * Math.sqrt(terms * sum) + terms * rounding * rounding
        : terms * rounding;
  }

  private double klAllowed(double kl, double rounding) {
    double sum = klMean ? kl * latents : kl;
    double rounded = rounding * (latents + 2 * Math.sqrt(2 * latents * sum));
    double exponent = Math.max(1, Math.log(kl));
    return relative * exponent * kl + (klMean ? rounded / latents : rounded);
  }

  private Deviation contribution(
      int i, float expected, float actual, double loss, double lossRounding, double rounding) {
    double sum = mean ? loss * outputs : loss;
    double share = larger(expected, actual);
    int terms =
        switch (feature(i)) {
          case FeatureSpec.Numeric _, FeatureSpec.Flag _ -> 1;
          case FeatureSpec.Category category -> category.unknownIndex() + 1;
          case FeatureSpec.CyclicTime _ -> 2;
        };
    double rounded =
        rounded(share * sum, terms, rounding) + share * rounded(sum, outputs, rounding);
    double allowed = relative + (sum > 0 ? rounded / sum + 2 * lossRounding / loss : 1);
    return Deviation.of("contribution[" + feature(i).name() + "]", expected, actual, allowed);
  }

  private Deviation expected(int i, float expected, float actual, double unit) {
    String output = "expected[" + feature(i).name() + "]";
    return switch (feature(i)) {
      case FeatureSpec.Category _ -> Deviation.of(output, expected, actual, 0);
      case FeatureSpec.CyclicTime time -> {
        double period = time.cycle().seconds();
        double distance = Math.abs(expected - actual) % period;
        yield new Deviation(
            output, expected, actual, Math.min(distance, period - distance), CYCLE_SHARE * period);
      }
      case FeatureSpec.Numeric _, FeatureSpec.Flag _ -> {
        Deviation raw = Deviation.of(output, expected, actual, relative * larger(expected, actual));
        double from = networkInput(preprocessing(i), expected);
        double to = networkInput(preprocessing(i), actual);
        Deviation scaled =
            Deviation.of(output, from, to, relative * Math.max(unit, larger(from, to)));
        yield raw.ratio() <= scaled.ratio()
            ? raw
            : new Deviation(output, expected, actual, scaled.difference(), scaled.allowed());
      }
    };
  }

  /// The largest network input of the row, at least 1.
  private double largestInput(float[] row) {
    double unit = 1;
    for (int i = 0; i < row.length; i++) {
      switch (feature(i)) {
        case FeatureSpec.Numeric _, FeatureSpec.Flag _ -> {
          FeaturePreprocessing how = preprocessing(i);
          double value = Float.isNaN(row[i]) ? how.fill() : row[i];
          unit = Math.max(unit, Math.abs(networkInput(how, value)));
        }
        case FeatureSpec.Category _, FeatureSpec.CyclicTime _ -> {}
      }
    }
    return unit;
  }

  private static double networkInput(FeaturePreprocessing how, double raw) {
    double transformed =
        switch (how.transform()) {
          case NONE -> raw;
          case LOG10 -> Math.log10(Math.max(raw, how.floor()));
          case LOG1P -> Math.log1p(Math.max(raw, how.floor()));
        };
    return (transformed - how.shift()) * how.factor();
  }

  private static double larger(double a, double b) {
    return Math.max(Math.abs(a), Math.abs(b));
  }
}
