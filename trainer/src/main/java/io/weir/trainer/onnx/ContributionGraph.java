package io.weir.trainer.onnx;

import io.weir.trainer.data.prepare.Preprocessor;
import java.util.Arrays;

/// Each feature's share of the reconstruction loss, [batch x features], every row sums to 1.
///
/// Errors count from 0 to [Preprocessor#LARGEST_ERROR]. A row without any error is shared evenly.
/// Where the network overflows, the size of its input stands for an output's error: one enormous
/// value spoils all outputs, and the explanation should still name it.
final class ContributionGraph {
  private ContributionGraph() {}

  /// Adds `contribution`.
  static String add(Graph graph, Preprocessor preprocessor, LossGraph.Errors errors) {
    int features = preprocessor.features().size();
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
        errors.width() == features
            ? bounded
            : graph.node(
                "MatMul",
                "contribution/per_feature",
                bounded,
                membership(graph, preprocessor, errors.width()));
    float[] ones = new float[features];
    Arrays.fill(ones, 1);
    String total =
        graph.node(
            "MatMul",
            "contribution/total",
            perFeature,
            graph.matrix("contribution/ones", features, 1, ones));
    return graph.node(
        "Where",
        "contribution",
        graph.node("Equal", "contribution/perfect", total, "contribution/none"),
        graph.scalar("contribution/even", 1f / features),
        graph.node("Div", "contribution/shares", perFeature, total));
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
