package io.weir.schemas.features;

/// Why an event could not be decoded, for a dead letter or a log line.
///
/// @param status the kind of failure, never `OK`
/// @param position index of the offending byte, counted from the event's first
/// @param field path and type of the field that was being read, such as `payment.amount (double)`
/// @param feature name of the feature that lacks its value, null when the bytes are broken
///   elsewhere
/// @param message value, rule and cure in one sentence or two
public record DecodeFailure(
    DecodeStatus status, int position, String field, String feature, String message) {}
