package io.weir.trainer.fit;

/// What rows cost at given weights: means over the rows, as [EpochLoss] has them.
///
/// @param loss the objective: its terms times their weights
/// @param reconstructionLoss not multiplied by the weight of its term
/// @param klDivergence not multiplied by beta; 0 for plain autoencoders
public record MeasuredLoss(double loss, double reconstructionLoss, double klDivergence) {}
