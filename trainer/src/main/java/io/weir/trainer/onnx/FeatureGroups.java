package io.weir.trainer.onnx;

import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// The features by the way they are encoded. Each group goes through the graph as one matrix, so
/// that the number of nodes does not grow with the number of features.
///
/// @param numbers indices of numbers and flags, ascending
/// @param categories indices of categories, ascending
/// @param times indices of cyclic times, ascending
record FeatureGroups(int[] numbers, int[] categories, int[] times) {
  static FeatureGroups of(List<FeatureSpec> features) {
    return new FeatureGroups(
        indices(
            features,
            feature ->
                switch (feature) {
                  case Numeric _, Flag _ -> true;
                  case Category _, CyclicTime _ -> false;
                }),
        indices(features, feature -> feature instanceof Category),
        indices(features, feature -> feature instanceof CyclicTime));
  }

  private static int[] indices(List<FeatureSpec> features, Predicate<FeatureSpec> wanted) {
    return IntStream.range(0, features.size()).filter(i -> wanted.test(features.get(i))).toArray();
  }
}
