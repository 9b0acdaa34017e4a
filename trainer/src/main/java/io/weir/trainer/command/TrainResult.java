package io.weir.trainer.command;

import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.Threshold;
import io.weir.trainer.fit.FitResult;
import io.weir.trainer.publish.Published;
import java.nio.file.Path;

/// What a training ended in, as `--output json` prints it.
///
/// @param model the file
/// @param rows rows that trained, validation included
/// @param parameters trainable parameters of the network
/// @param epochs epochs that ran
/// @param interrupted whether Ctrl-C ended the training
/// @param validationLoss null without validation
/// @param auc area under a classifier's ROC curve, of the validation rows if there are any; null
///   without a classifier
/// @param history the file of the losses per epoch
/// @param seconds from the command to the published file
record TrainResult(
    String model,
    String name,
    String version,
    String sha256,
    double threshold,
    String policy,
    int rows,
    int features,
    long parameters,
    int epochs,
    int bestEpoch,
    boolean interrupted,
    double loss,
    Double validationLoss,
    Double auc,
    String history,
    double seconds) {

  static TrainResult of(Published model, FitResult result, int rows, Path history, double seconds) {
    ModelCard card = model.card();
    Threshold threshold = card.thresholds().getFirst();
    return new TrainResult(
        model.file().toString(),
        card.name(),
        card.version(),
        model.sha256(),
        threshold.value(),
        threshold.policy(),
        rows,
        card.features().size(),
        card.architecture().parameters(),
        card.history().epochsRun(),
        card.history().bestEpoch(),
        result.ending() == FitResult.Ending.INTERRUPTED,
        card.history().loss(),
        card.history().validationLoss(),
        card.history().auc(),
        history.toString(),
        seconds);
  }

  /// For people.
  String text() {
    return """
    Model      %s %s
    File       %s
    SHA-256    %s
    Threshold  %s (%s)
    History    %s\
    """
        .formatted(name, version, model, sha256, threshold, policy, history);
  }
}
