package io.weir.trainer.grid;

import io.weir.trainer.config.Recipe;
import io.weir.trainer.config.Variant;

/// A place of the grid and the whole recipe that it stands for.
public record Candidate(Variant variant, Recipe recipe) {}
