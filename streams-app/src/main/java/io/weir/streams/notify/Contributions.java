package io.weir.streams.notify;

import io.weir.detector.Explanation;
import io.weir.schemas.event.FeatureContribution;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.ValueText;
import java.util.ArrayList;
import java.util.List;

/// The features that explain an alert, the largest contribution first.
final class Contributions {
  private Contributions() {}

  /// @param features of the model, in order
  /// @param raw [features] what the event had; of a window [steps x features], the newest last. A
  ///   feature then counts with its share in all steps, and is shown at the step where it is
  ///   largest
  /// @param max the most that are named
  static List<FeatureContribution> top(
      List<FeatureSpec> features, float[] raw, Explanation explanation, int max) {
    float[] contribution = explanation.shares(features.size());
    int[] order = largest(contribution, Math.min(max, contribution.length));
    List<FeatureContribution> top = new ArrayList<>(order.length);
    for (int i : order) {
      int at = largestStep(explanation.contribution(), i, features.size());
      top.add(
          of(
              features.get(i),
              raw[at],
              explanation.expected()[at],
              contribution[i],
              at / features.size() + 1 - raw.length / features.size()));
    }
    return top;
  }

  /// The index of a feature's largest number, the newest of equals.
  private static int largestStep(float[] contribution, int feature, int features) {
    int largest = contribution.length - features + feature;
    for (int i = largest - features; i >= 0; i -= features) {
      if (contribution[i] > contribution[largest]) {
        largest = i;
      }
    }
    return largest;
  }

  /// The indices of the `count` largest numbers, the largest first, the first of equals first.
  private static int[] largest(float[] numbers, int count) {
    int[] largest = new int[count];
    int found = 0;
    for (int i = 0; i < numbers.length; i++) {
      int at = found;
      // Negated, so that NaN comes last.
      while (at > 0 && Float.compare(-numbers[i], -numbers[largest[at - 1]]) < 0) {
        at--;
      }
      if (at < count) {
        found = Math.min(found + 1, count);
        System.arraycopy(largest, at, largest, at + 1, found - 1 - at);
        largest[at] = i;
      }
    }
    return largest;
  }

  private static FeatureContribution of(
      FeatureSpec feature, float actual, float expected, float contribution, int step) {
    return new FeatureContribution(
        feature.name(),
        number(actual),
        number(expected),
        contribution,
        ValueText.of(feature, actual),
        ValueText.of(feature, expected),
        step);
  }

  /// The shortest decimal that is this float32: 0.1 stays 0.1, and does not become
  /// 0.10000000149011612.
  private static Double number(float value) {
    return Float.isNaN(value) ? null : Double.valueOf(Float.toString(value));
  }
}
