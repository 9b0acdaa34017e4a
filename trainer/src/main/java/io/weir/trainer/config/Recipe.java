package io.weir.trainer.config;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.Criterion;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;

/// Everything that turns rows into a trained network, but for the rows.
///
/// @param scaling of the numeric features that are not given one of their own
public record Recipe(Shape shape, Objective objective, Schedule schedule, Scaling scaling) {
  public Recipe {
    if (shape.head().isPresent() != objective.classification().isPresent()) {
      throw new IllegalArgumentException("A classifier needs a loss, and only a classifier");
    }
    if (objective.reconstruction() == Reconstruction.GAUSSIAN && shape.kind() != NetworkKind.VAE) {
      throw new ConfigException(
          "Only a vae learns the variance of its outputs: leave --learned-variance and --loss"
              + " gaussian out, or give --kind vae");
    }
    if (schedule.selection().criterion() == Criterion.AUC && shape.head().isEmpty()) {
      throw new ConfigException(
          "--criterion auc needs a classifier: give --classifier-input, or --criterion loss");
    }
  }

  /// Whether it learns from the labels of rows of both kinds, and not from normal rows alone.
  public boolean supervised() {
    return shape.head().isPresent();
  }

  /// The network for rows of `inputs` columns that are single events.
  public NetworkSpec network(int inputs) {
    return network(inputs, 1);
  }

  /// The network for rows of `inputs` columns, which are those of `steps` events one after another.
  public NetworkSpec network(int inputs, int steps) {
    return shape.network(inputs, steps, objective.reconstruction() == Reconstruction.GAUSSIAN);
  }

  /// The weight of the KL divergence in the score `reconstruction + weight KL`, which then ranks
  /// rows as the loss does.
  public double klWeight() {
    return objective.beta() / objective.reconstructionWeight();
  }

  /// The same with another shape.
  public Recipe withShape(Shape changed) {
    return new Recipe(changed, objective, schedule, scaling);
  }

  /// The same with another loss.
  public Recipe withObjective(Objective changed) {
    return new Recipe(shape, changed, schedule, scaling);
  }

  /// The same with another schedule.
  public Recipe withSchedule(Schedule changed) {
    return new Recipe(shape, objective, changed, scaling);
  }
}
