package io.weir.trainer.command;

import io.weir.trainer.config.ConfigException;
import io.weir.trainer.engine.network.Prior;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Objective.Classification;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The flags that change what the training minimises. A field is null where its flag is not given.
final class LossOptions {
  @Option(
      names = "--loss",
      paramLabel = "NAME",
      description =
          "Reconstruction loss: mse, l1, gaussian (as --learned-variance), or bce, which needs"
              + " inputs in [0, 1] and therefore scales by min_max.")
  private Reconstruction loss;

  @Option(
      names = "--learned-variance",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "The network also learns the variance of each output; the reconstruction loss is then a"
              + " Gaussian negative log-likelihood.")
  private Boolean learnedVariance;

  @Option(
      names = "--reduction",
      paramLabel = "HOW",
      description = "Reconstruction loss over a row's outputs: mean or sum.")
  private Reduction reduction;

  @Option(
      names = "--reconstruction-weight",
      paramLabel = "W",
      description = "Weight of the reconstruction loss. The score has it divided out.")
  private Double reconstructionWeight;

  @Option(
      names = "--kl-reduction",
      paramLabel = "HOW",
      description = "KL divergence over a row's latents: mean or sum.")
  private Reduction klReduction;

  @Option(
      names = "--kl-weighted",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "The --weight of a row counts for its KL divergence, too.")
  private Boolean klWeighted;

  @Option(
      names = "--prior-mean",
      paramLabel = "M",
      split = ",",
      description = "Of the prior of the latent: one number, or one for each latent.")
  private List<Double> priorMean;

  @Option(
      names = "--prior-deviation",
      paramLabel = "S",
      split = ",",
      description = "Standard deviation of the prior, as --prior-mean.")
  private List<Double> priorDeviation;

  @Option(
      names = "--samples",
      paramLabel = "L",
      description = "Draws of the latent per row and step; their losses are averaged.")
  private Integer samples;

  /// The loss with everything that was given in its place.
  ///
  /// @param beta null for the base's
  /// @param classification the classifier's part
  Objective objective(Objective base, Double beta, Optional<Classification> classification) {
    require("--beta", beta, beta == null || beta >= 0, "must be at least 0 and finite");
    require(
        "--reconstruction-weight",
        reconstructionWeight,
        reconstructionWeight == null || reconstructionWeight > 0,
        "must be above 0 and finite");
    if (samples != null && samples < 1) {
      throw new ConfigException("--samples %d: must be at least 1".formatted(samples));
    }
    return new Objective(
        reconstruction(base.reconstruction()),
        or(reduction, base.reconstructionReduction()),
        or(reconstructionWeight, base.reconstructionWeight()),
        or(beta, base.beta()),
        or(klReduction, base.klReduction()),
        or(klWeighted, base.klWeighted()),
        prior(base.prior()),
        or(samples, base.samples()),
        classification);
  }

  private static void require(String flag, Double given, boolean rule, String told) {
    if (given != null && !(rule && Double.isFinite(given))) {
      throw new ConfigException("%s %s: %s".formatted(flag, given, told));
    }
  }

  private Prior prior(Prior base) {
    try {
      return new Prior(or(priorMean, base.means()), or(priorDeviation, base.deviations()));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("--prior-mean, --prior-deviation: " + e.getMessage());
    }
  }

  private Reconstruction reconstruction(Reconstruction base) {
    Reconstruction asked = or(loss, base);
    if (learnedVariance == null) {
      return asked;
    }
    if (learnedVariance && loss != null && loss != Reconstruction.GAUSSIAN
        || !learnedVariance && asked == Reconstruction.GAUSSIAN) {
      throw new ConfigException(
          "--learned-variance %s and --loss %s contradict each other: leave one out"
              .formatted(learnedVariance, Words.of(asked)));
    }
    return learnedVariance ? Reconstruction.GAUSSIAN : asked;
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
