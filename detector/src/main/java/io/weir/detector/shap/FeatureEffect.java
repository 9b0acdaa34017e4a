package io.weir.detector.shap;

/// What one feature did.
///
/// @param feature its name
/// @param value its raw value in the event, null where missing; of a window, in the newest event
/// @param text the value in words; null for numbers and missing values
/// @param phi its Shapley value
public record FeatureEffect(String feature, Double value, String text, double phi) {}
