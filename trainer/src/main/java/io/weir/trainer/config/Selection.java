package io.weir.trainer.config;

import io.weir.trainer.fit.Criterion;
import io.weir.trainer.fit.EarlyStopping;
import java.util.Optional;

/// How the held-out rows choose the epoch whose weights are kept.
///
/// @param criterion what makes an epoch the best
/// @param patience when training gives up; empty for never
/// @param decodesMean whether held-out rows are decoded from the mean of the latent instead of from
///   a sample
public record Selection(
    Criterion criterion, Optional<EarlyStopping> patience, boolean decodesMean) {
  /// The lowest loss of all epochs, held-out rows sampled.
  public static final Selection LOWEST_LOSS =
      new Selection(Criterion.LOSS, Optional.empty(), false);
}
