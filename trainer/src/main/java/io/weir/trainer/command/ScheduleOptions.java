package io.weir.trainer.command;

import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.Schedule;
import io.weir.trainer.config.Selection;
import io.weir.trainer.fit.Criterion;
import io.weir.trainer.fit.EarlyStopping;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The flags that say how long and how fast to train, and which epoch to keep. A field is null
/// where its flag is not given.
final class ScheduleOptions {
  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training rows.")
  private Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "Rows per step.")
  private Integer batch;

  @Option(names = "--learning-rate", paramLabel = "R", description = "Adam's step size.")
  private Double learningRate;

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      description = "Adam's epsilon: Keras has 1e-7, PyTorch 1e-8.")
  private Double epsilon;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after N epochs in a row without a better one; 0 runs all.")
  private Integer patience;

  @Option(
      names = "--criterion",
      paramLabel = "NAME",
      description =
          "What makes an epoch the best, whose weights are kept: loss, a classifier's auc, or last:"
              + " the last one, whatever the held-out rows say.")
  private Criterion criterion;

  @Option(
      names = "--decode-mean",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Held-out rows are decoded from the mean of the latent, not from a sample.")
  private Boolean decodeMean;

  /// The schedule with everything that was given in its place.
  Schedule schedule(Schedule base) {
    Adam adam = base.adam();
    return new Schedule(
        adam(or(learningRate, adam.learningRate()), adam.beta1(), adam.beta2(), adam.epsilon()),
        or(batch, base.batch()),
        or(epochs, base.epochs()),
        selection(base.selection()));
  }

  private Adam adam(double rate, double beta1, double beta2, double baseEpsilon) {
    if (!(rate > 0 && rate <= Float.MAX_VALUE)) {
      throw new ConfigException("--learning-rate %s: must be above 0".formatted(rate));
    }
    try {
      return new Adam(rate, beta1, beta2, or(epsilon, baseEpsilon));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("--epsilon %s: %s".formatted(epsilon, e.getMessage()));
    }
  }

  private Selection selection(Selection base) {
    if (patience != null && patience < 0) {
      throw new ConfigException("--patience %d: must be at least 0".formatted(patience));
    }
    Optional<EarlyStopping> stopping =
        patience == null
            ? base.patience()
            : Optional.of(patience).filter(n -> n > 0).map(n -> new EarlyStopping(n, 0));
    if (criterion == Criterion.LAST && stopping.isPresent()) {
      throw new ConfigException(
          "--criterion last keeps the last epoch and so never loses patience: give --patience 0, or"
              + " another criterion");
    }
    return new Selection(
        or(criterion, base.criterion()), stopping, or(decodeMean, base.decodesMean()));
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
