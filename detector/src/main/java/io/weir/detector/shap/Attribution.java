package io.weir.detector.shap;

/// How a value of a function is shared out among the players that made it.
///
/// @param base what the function gives on average over the background
/// @param value what it gives for the row that is explained
/// @param phi [players] the Shapley values; `value - base` in sum
/// @param exact whether all coalitions were looked at, or a sample of them
/// @param coalitions how many were looked at, the empty and the full one included
/// @param rows how many rows were computed
public record Attribution(
    double base, double value, double[] phi, boolean exact, int coalitions, long rows) {
  /// By how much the Shapley values miss `value - base`: rounding only.
  public double gap() {
    double sum = 0;
    for (double one : phi) {
      sum += one;
    }
    return sum - (value - base);
  }
}
