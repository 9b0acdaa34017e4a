package io.weir.streams.notify;

import io.weir.detector.Explanation;
import io.weir.schemas.event.FeatureContribution;
import io.weir.schemas.features.FeatureSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The features that explain an alert, the largest contribution first.
final class Contributions {
  private Contributions() {}

  /// @param features of the model, in order
  /// @param raw [features] what the event had
  /// @param max the most that are named
  static List<FeatureContribution> top(
      List<FeatureSpec> features, float[] raw, Explanation explanation, int max) {
    float[] contribution = explanation.contribution();
    List<FeatureContribution> top = new ArrayList<>();
    IntStream.range(0, features.size())
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -contribution[i]))
        .limit(max)
        .forEach(
            i -> top.add(of(features.get(i), raw[i], explanation.expected()[i], contribution[i])));
    return top;
  }

  private static FeatureContribution of(
      FeatureSpec feature, float actual, float expected, float contribution) {
    return new FeatureContribution(
        feature.name(),
        number(actual),
        number(expected),
        contribution,
        FeatureText.of(feature, actual),
        FeatureText.of(feature, expected));
  }

  /// The shortest decimal that is this float32: 0.1 stays 0.1, and does not become
  /// 0.10000000149011612.
  private static Double number(float value) {
    return Float.isNaN(value) ? null : Double.valueOf(Float.toString(value));
  }
}
