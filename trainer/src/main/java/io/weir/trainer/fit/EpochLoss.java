package io.weir.trainer.fit;

import java.util.Optional;

/// What one epoch cost: means over its rows, each row at the weights of its own step (as Keras'
/// history). The validation values are measured after the epoch, with the same noise every epoch,
/// and are NaN when no rows are held out.
///
/// @param epoch from 1
/// @param loss the objective: its terms times their weights
/// @param reconstructionLoss weighted by the row weights, divided by the number of rows; not
///   multiplied by the weight of the term
/// @param klDivergence not multiplied by beta; 0 for plain autoencoders
/// @param classification of networks with a classifier
/// @param validationClassification of networks with a classifier, when rows are held out
/// @param seconds wall time, validation included
public record EpochLoss(
    int epoch,
    double loss,
    double reconstructionLoss,
    double klDivergence,
    double validationLoss,
    double validationReconstructionLoss,
    double validationKlDivergence,
    Optional<Classification> classification,
    Optional<Classification> validationClassification,
    double seconds) {
  /// How a classifier did.
  ///
  /// @param crossEntropy binary cross-entropy, not multiplied by its weight
  /// @param accuracy share of rows on the right side of probability 0.5
  /// @param auc area under the ROC curve, by 200 thresholds; NaN if all rows are of one kind
  public record Classification(double crossEntropy, double accuracy, double auc) {}

  /// An autoencoder's.
  public EpochLoss(
      int epoch,
      double loss,
      double reconstructionLoss,
      double klDivergence,
      double validationLoss,
      double validationReconstructionLoss,
      double validationKlDivergence,
      double seconds) {
    this(
        epoch,
        loss,
        reconstructionLoss,
        klDivergence,
        validationLoss,
        validationReconstructionLoss,
        validationKlDivergence,
        Optional.empty(),
        Optional.empty(),
        seconds);
  }

  /// What decides between epochs, the lower the better: the validation's value, or the training's
  /// without validation.
  public double deciding(Criterion criterion) {
    return switch (criterion) {
      case LOSS -> Double.isNaN(validationLoss) ? loss : validationLoss;
      case AUC -> 1 - validationClassification.or(() -> classification).orElseThrow().auc();
      case LAST -> -epoch;
    };
  }
}
