package io.weir.trainer.fit;

import io.weir.trainer.engine.random.RandomStream;
import io.weir.trainer.engine.random.RandomStream.Purpose;
import io.weir.trainer.fit.EpochLoss.Classification;
import io.weir.trainer.fit.FitException.Diverged;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.optimizer.Optimizer;
import java.util.Arrays;
import java.util.Optional;

/// Runs epochs: shuffle, learn batch after batch, measure the held-out rows.
final class Epoch {
  private final Training training;
  private final Split split;
  private final FitSettings settings;
  private final FitListener listener;
  private final RowFeed.Pass rows;
  private final RowFeed.Pass heldOut;
  private final int[] normalRows;
  private final int[] normal;
  private final LossTotals learned;
  private final LossTotals validated;
  private boolean interrupted;

  Epoch(
      Training training,
      Objective objective,
      TrainingRows data,
      Split split,
      FitSettings settings,
      FitListener listener) {
    this.training = training;
    this.split = split;
    this.settings = settings;
    this.listener = listener;
    rows = training.pass(split.training());
    heldOut = training.pass(split.validation());
    normalRows =
        objective.twoStreams()
            ? Arrays.stream(split.training()).filter(row -> data.labels()[row] == 0).toArray()
            : null;
    normal = normalRows == null ? null : new int[split.training().length];
    learned = new LossTotals(objective);
    validated = new LossTotals(objective);
  }

  /// Whether the listener asked to stop.
  boolean interrupted() {
    return interrupted;
  }

  EpochLoss run(int number) {
    long start = System.nanoTime();
    RandomStream random = new RandomStream(settings.seed(), Purpose.SHUFFLE, number);
    rows.shuffle(random);
    if (normal != null) {
      for (int i = 0; i < normal.length; i++) {
        normal[i] = normalRows[i % normalRows.length];
      }
      random.shuffle(normal);
    }
    learned.clear();
    int all = split.training().length;
    int steps = Math.ceilDiv(all, settings.batch());
    for (int step = 1; step <= steps && !interrupted; step++) {
      int from = (step - 1) * settings.batch();
      int count = Math.min(settings.batch(), all - from);
      double loss = training.learn(rows, normal, from, count, number, learned);
      if (!Double.isFinite(loss)) {
        throw new Diverged(number, step, loss, learningRate());
      }
      listener.stepDone(number, step, steps, loss);
      interrupted = listener.stopRequested();
    }
    return measured(number, start);
  }

  private EpochLoss measured(int number, long start) {
    double loss = Double.NaN;
    double reconstruction = Double.NaN;
    double klDivergence = Double.NaN;
    Optional<Classification> classification = Optional.empty();
    if (split.validation().length > 0) {
      validated.clear();
      training.measure(heldOut, validated);
      loss = validated.loss();
      reconstruction = validated.reconstruction();
      klDivergence = validated.klDivergence();
      classification = validated.classification();
      if (!Double.isFinite(loss)) {
        throw new Diverged(
            number, Math.ceilDiv(split.training().length, settings.batch()), loss, learningRate());
      }
    }
    return new EpochLoss(
        number,
        learned.loss(),
        learned.reconstruction(),
        learned.klDivergence(),
        loss,
        reconstruction,
        klDivergence,
        learned.classification(),
        classification,
        (System.nanoTime() - start) * 1e-9);
  }

  private double learningRate() {
    return switch (settings.optimizer()) {
      case Optimizer.Adam adam -> adam.learningRate();
    };
  }
}
