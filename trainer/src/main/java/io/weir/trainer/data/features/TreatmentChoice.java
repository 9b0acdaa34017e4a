package io.weir.trainer.data.features;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.ask.ColumnPattern;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest.Treatments;
import io.weir.trainer.data.prepare.Treatment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Gives every feature its treatment.
final class TreatmentChoice {
  private TreatmentChoice() {}

  /// @throws DataException where a transform or a scaling was asked for columns that are no
  ///   numbers, or both transforms for one
  static List<Treatment> of(List<FeatureSpec> features, Treatments asked) {
    List<String> numbers =
        features.stream().filter(Numeric.class::isInstance).map(FeatureSpec::field).toList();
    List<String> problems = new ArrayList<>();
    requireNumbers("log10", asked.log10(), numbers, problems);
    requireNumbers("log1p", asked.log1p(), numbers, problems);
    requireNumbers("scaling", List.copyOf(asked.scalings().keySet()), numbers, problems);
    for (String number : numbers) {
      if (ColumnPattern.anyMatches(asked.log10(), number)
          && ColumnPattern.anyMatches(asked.log1p(), number)) {
        problems.add("column '%s' is to be both log10 and log1p: choose one".formatted(number));
      }
    }
    if (!problems.isEmpty()) {
      throw new DataException(String.join("\n", problems));
    }
    return features.stream().map(feature -> treatment(feature, asked)).toList();
  }

  private static Treatment treatment(FeatureSpec feature, Treatments asked) {
    if (!(feature instanceof Numeric)) {
      return Treatment.NONE;
    }
    Transform transform =
        ColumnPattern.anyMatches(asked.log10(), feature.field())
            ? Transform.LOG10
            : ColumnPattern.anyMatches(asked.log1p(), feature.field())
                ? Transform.LOG1P
                : Transform.NONE;
    return new Treatment(transform, scaling(feature.field(), asked));
  }

  /// A full name goes before a pattern, patterns go by their alphabetical order.
  private static Scaling scaling(String column, Treatments asked) {
    Scaling named = asked.scalings().get(column);
    if (named != null) {
      return named;
    }
    for (Map.Entry<String, Scaling> entry : new TreeMap<>(asked.scalings()).entrySet()) {
      if (new ColumnPattern(entry.getKey()).matches(column)) {
        return entry.getValue();
      }
    }
    return asked.scaling();
  }

  private static void requireNumbers(
      String treatment, List<String> patterns, List<String> numbers, List<String> problems) {
    for (String pattern : patterns) {
      if (numbers.stream().noneMatch(new ColumnPattern(pattern)::matches)) {
        problems.add(
            "%s is asked for '%s', which is no number feature: it works on numbers only"
                .formatted(treatment, pattern));
      }
    }
  }
}
