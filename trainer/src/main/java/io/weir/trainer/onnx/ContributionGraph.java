package io.weir.trainer.onnx;

import io.weir.trainer.data.prepare.Preprocessor;
import java.util.Arrays;

/// Each feature's share of the reconstruction loss, every row sums to 1: [batch x features], or of
/// windows [batch x steps x features].
///
/// Errors count from 0 to [Preprocessor#LARGEST_ERROR]. A row without any error is shared evenly.
/// Where the network overflows, the size of its input stands for an output's error: one enormous
/// value spoils all outputs, and the explanation should still name it.
final class ContributionGraph {
  private ContributionGraph() {}

  /// Adds `contribution`.
  static String add(
      Graph graph, Preprocessor preprocessor, RowEvents events, LossGraph.Errors errors) {
    String known =
        graph.node(
            "Where",
            "contribution/known",
            graph.node(
                "Less",
                "contribution/finite",
                errors.errors(),
                graph.scalar("contribution/infinity", Float.POSITIVE_INFINITY)),
            errors.errors(),
            graph.node("Abs", "contribution/size", errors.inputs()));
    String bounded =
        graph.node(
            "Clip",
            "contribution/bounded",
            known,
            graph.scalar("contribution/none", 0),
            graph.scalar("contribution/largest", Preprocessor.LARGEST_ERROR));
    String perFeature =
        events.steps() == 1
            ? perFeature(graph, preprocessor, bounded, errors.width())
            : perFeatureOfWindows(graph, preprocessor, events, bounded, errors.width());
    int values = events.steps() * events.features();
    float[] ones = new float[values];
    Arrays.fill(ones, 1);
    String total =
        graph.node(
            "MatMul",
            "contribution/total",
            perFeature,
            graph.matrix("contribution/ones", values, 1, ones));
    return events.tensor(
        "contribution",
        graph.node(
            "Where",
            events.before("contribution"),
            graph.node("Equal", "contribution/perfect", total, "contribution/none"),
            graph.scalar("contribution/even", 1f / values),
            graph.node("Div", "contribution/shares", perFeature, total)));
  }

  /// [events x features] from [events x width].
  private static String perFeature(
      Graph graph, Preprocessor preprocessor, String bounded, int width) {
    return width == preprocessor.features().size()
        ? bounded
        : graph.node(
            "MatMul", "contribution/per_feature", bounded, membership(graph, preprocessor, width));
  }

  /// [batch x steps * features] from [batch x width]: event by event, since a matrix for a whole
  /// row would grow with the square of its steps.
  private static String perFeatureOfWindows(
      Graph graph, Preprocessor preprocessor, RowEvents events, String bounded, int width) {
    int columns = events.steps() * events.inputs();
    String rows =
        width == columns
            ? bounded
            : graph.firstColumns("contribution/without_padding", bounded, columns);
    if (events.inputs() == events.features()) {
      return rows;
    }
    return graph.reshaped(
        "contribution/of_rows",
        perFeature(
            graph,
            preprocessor,
            events.networkEvents("contribution/of_events", rows),
            events.inputs()),
        events.steps() * events.features());
  }

  /// [width x features]: 1 where a network output belongs to a feature; padding belongs to none.
  private static String membership(Graph graph, Preprocessor preprocessor, int width) {
    int features = preprocessor.features().size();
    float[] belongs = new float[Math.multiplyExact(width, features)];
    for (int feature = 0; feature < features; feature++) {
      for (int i = preprocessor.offset(feature); i < preprocessor.offset(feature + 1); i++) {
        belongs[i * features + feature] = 1;
      }
    }
    return graph.matrix("contribution/membership", width, features, belongs);
  }
}
