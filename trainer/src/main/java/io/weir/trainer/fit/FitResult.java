package io.weir.trainer.fit;

import io.weir.trainer.engine.layer.LayerParameters;
import java.util.List;

/// What training reached.
///
/// @param parameters weights of the best epoch, in the order of `NetworkSpec.layers()`
/// @param history one entry per epoch; an interrupted epoch is measured over the rows it saw
/// @param bestEpoch from 1: the best by the settings' criterion
/// @param ending why it ended
/// @param validationRows indices of the held-out rows, ascending; empty without validation
public record FitResult(
    List<LayerParameters> parameters,
    List<EpochLoss> history,
    int bestEpoch,
    Ending ending,
    int[] validationRows) {
  /// Why training ended.
  public enum Ending {
    /// All epochs ran.
    COMPLETED,
    /// The loss no longer fell.
    STOPPED_EARLY,
    /// The listener asked to stop.
    INTERRUPTED
  }

  public FitResult {
    parameters = List.copyOf(parameters);
    history = List.copyOf(history);
  }

  /// The epoch whose weights these are.
  public EpochLoss best() {
    return history.get(bestEpoch - 1);
  }
}
