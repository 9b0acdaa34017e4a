package io.weir.schemas.features;

/// The sentence for a failed event.
final class Explanation {
  private static final String BROKEN =
      " Check that the event was written with the schema that its header names.";

  private Explanation() {}

  /// @param position of the offending byte, from the event's first
  /// @param spec the feature concerned, or null
  static DecodeFailure of(Trace trace, String field, FeatureSpec spec, int position, int length) {
    String feature = spec == null ? null : spec.name();
    String where = "At byte " + position + " of " + length + ", " + field + ": ";
    String what =
        switch (trace.status) {
          case OK -> throw new IllegalArgumentException("nothing failed");
          case TRUNCATED -> truncated(trace.detail, length - position);
          case INVALID_LENGTH ->
              "a length of " + number(trace.detail) + " is not possible." + BROKEN;
          case INVALID_INDEX ->
              "the schema has no branch or symbol number " + number(trace.detail) + "." + BROKEN;
          case INVALID_VARINT ->
              "a number that does not end (an int has at most 5 bytes, a long 10)." + BROKEN;
          case TOO_DEEP ->
              "nested deeper than "
                  + FeatureProgram.MAX_DEPTH
                  + " levels. Write flatter events, or leave the nested field out.";
          case MISSING_VALUE ->
              "no value for the feature '"
                  + feature
                  + "', which needs one. Write it, or train the model with the feature nullable.";
          case NOT_FINITE ->
              "the value "
                  + trace.detail
                  + " of the feature '"
                  + feature
                  + "' is not a finite float32. Write a finite number, or null where it may be"
                  + " missing.";
          case NOT_A_FLAG ->
              "the value "
                  + (Double.isNaN(trace.detail) ? "" : trace.detail + " ")
                  + "of the flag '"
                  + feature
                  + "' is neither 0 nor 1, neither true nor false. Write one of them.";
          case INVALID_TIME ->
              "the text of the feature '"
                  + feature
                  + "' is no ISO-8601 time. Write one such as 2026-03-01T08:15:30Z.";
          case WRONG_BRANCH ->
              "the feature '"
                  + feature
                  + "' cannot be made from this branch of the union. Write another branch.";
        };
    return new DecodeFailure(trace.status, position, field, feature, where + what);
  }

  private static String truncated(double needed, int left) {
    String needs = Double.isNaN(needed) ? "" : " " + number(needed) + " bytes needed,";
    return "the event ends too early:" + needs + " " + left + " left." + BROKEN;
  }

  private static String number(double value) {
    return Long.toString((long) value);
  }
}
