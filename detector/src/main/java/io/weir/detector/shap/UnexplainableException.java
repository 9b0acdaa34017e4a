package io.weir.detector.shap;

/// No explanation can be given; the message says why, and what to do.
public final class UnexplainableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnexplainableException(String message) {
    super(message);
  }

  /// Of a model without a background.
  ///
  /// @param origin where the model came from
  public static UnexplainableException noBackground(String origin) {
    return new UnexplainableException(
        origin
            + ": its card has no background, the usual events that an explanation compares with."
            + " Train it again with this Weir and without `--background-rows 0`, or explain rows of"
            + " a file: `weir explain --model FILE --data ROWS --background USUAL_ROWS`");
  }
}
