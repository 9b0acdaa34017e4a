package io.weir.trainer.onnx;

/// A row of several events goes through the graph in two shapes: the network and the losses see it
/// as one row, [batch x steps * columns]; preprocessing and its inverse see its events one by one,
/// [batch * steps x columns]. Going over from one to the other moves no value. Where a row is one
/// event there is nothing to go over to, and no node.
///
/// @param steps events of a row
/// @param features raw values of an event
/// @param inputs network inputs of an event
record RowEvents(Graph graph, int steps, int features, int inputs) {
  static RowEvents of(Graph graph, TrainedDetector detector) {
    return new RowEvents(
        graph,
        detector.steps(),
        detector.preprocessor().features().size(),
        detector.preprocessor().inputs());
  }

  /// The dimensions of a row's raw values.
  int[] dimensions() {
    return steps == 1 ? new int[] {features} : new int[] {steps, features};
  }

  /// From raw values as the tensors have them to [batch * steps x features].
  String rawEvents(String rows) {
    return steps == 1 ? rows : graph.reshaped("window/events", rows, features);
  }

  /// From [batch * steps x inputs] to [batch x steps * inputs].
  String networkRows(String events) {
    return steps == 1 ? events : graph.reshaped("window/inputs", events, steps * inputs);
  }

  /// From [batch x steps * inputs] to [batch * steps x inputs].
  String networkEvents(String output, String rows) {
    return steps == 1 ? rows : graph.reshaped(output, rows, inputs);
  }

  /// What a node that ends in [batch * steps x features] or [batch x steps * features] is called so
  /// that [#tensor] can give it the name of the output.
  String before(String tensor) {
    return steps == 1 ? tensor : tensor + "/rows";
  }

  /// An output with a value for each raw value.
  ///
  /// @param rows made under the name that [#before] gave
  String tensor(String tensor, String rows) {
    return steps == 1 ? rows : graph.reshaped(tensor, rows, steps, features);
  }
}
