package io.weir.trainer.fit;

/// What one epoch cost: means over its rows, each row at the weights of its own step (as Keras'
/// history). The validation values are measured after the epoch, with the same noise every epoch,
/// and are NaN when no rows are held out.
///
/// @param epoch from 1
/// @param loss `reconstructionLoss + beta * klDivergence`
/// @param reconstructionLoss weighted by the row weights, divided by the number of rows
/// @param klDivergence not multiplied by beta; 0 for plain autoencoders
/// @param seconds wall time, validation included
public record EpochLoss(
    int epoch,
    double loss,
    double reconstructionLoss,
    double klDivergence,
    double validationLoss,
    double validationReconstructionLoss,
    double validationKlDivergence,
    double seconds) {
  /// What decides between epochs: the validation loss, or the training loss without validation.
  public double deciding() {
    return Double.isNaN(validationLoss) ? loss : validationLoss;
  }
}
