package io.weir.detector;

import io.weir.schemas.card.ModelCard;

/// How a model's rows look.
///
/// @param steps events of a row
/// @param features values of an event
/// @param leastRows of a call of ONNX Runtime: 2 for recurrent networks, since it computes a single
///   row of them in another way, with other last bits
record RowShape(int steps, int features, int leastRows) {
  static RowShape of(ModelCard card) {
    return new RowShape(
        card.steps(), card.features().size(), card.architecture().recurrent() ? 2 : 1);
  }

  /// Values of a row.
  int values() {
    return steps * features;
  }

  /// How many rows a call for `rows` rows takes.
  int called(int rows) {
    return Math.max(rows, leastRows);
  }
}
