package io.weir.trainer.config;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.trainer.fit.loss.Objective;

/// Everything that turns rows into a trained network, but for the rows.
///
/// @param scaling of the numeric features that are not given one of their own
public record Recipe(Shape shape, Objective objective, Schedule schedule, Scaling scaling) {}
