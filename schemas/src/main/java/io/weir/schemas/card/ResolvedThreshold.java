package io.weir.schemas.card;

import io.weir.schemas.card.ModelCard.Threshold;
import java.util.Optional;

/// A threshold, and what is to be told about how it came about.
///
/// @param note a sentence where the policy could not be followed as it says
public record ResolvedThreshold(Threshold threshold, Optional<String> note) {}
