package io.weir.streams.notify;

/// What an event scored.
///
/// @param score what is compared with the threshold
/// @param reconstructionLoss its first part
/// @param klDivergence its second part, before weighting
public record ScoreParts(float score, float reconstructionLoss, float klDivergence) {}
