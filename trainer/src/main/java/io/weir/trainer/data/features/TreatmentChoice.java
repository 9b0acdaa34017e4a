package io.weir.trainer.data.features;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.ask.ColumnPattern;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest.Treatments;
import io.weir.trainer.data.ask.ValueRange;
import io.weir.trainer.data.prepare.Treatment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Gives every feature its treatment.
final class TreatmentChoice {
  private TreatmentChoice() {}

  /// @param ranges one per feature, as its format tells; null where it tells nothing
  /// @throws DataException where a transform or a scaling was asked for columns that are no
  ///   numbers, or both transforms for one
  static List<Treatment> of(List<FeatureSpec> features, List<ValueRange> ranges, Treatments asked) {
    List<String> numbers =
        features.stream().filter(Numeric.class::isInstance).map(FeatureSpec::field).toList();
    List<String> problems = new ArrayList<>();
    requireNumbers("log10", asked.log10(), numbers, problems);
    requireNumbers("log1p", asked.log1p(), numbers, problems);
    requireNumbers("scaling", List.copyOf(asked.scalings().keySet()), numbers, problems);
    requireNumbers("a range", List.copyOf(asked.ranges().keySet()), numbers, problems);
    for (String number : numbers) {
      if (ColumnPattern.anyMatches(asked.log10(), number)
          && ColumnPattern.anyMatches(asked.log1p(), number)) {
        problems.add("column '%s' is to be both log10 and log1p: choose one".formatted(number));
      }
    }
    if (!problems.isEmpty()) {
      throw new DataException(String.join("\n", problems));
    }
    return IntStream.range(0, features.size())
        .mapToObj(f -> treatment(features.get(f), ranges.get(f), asked))
        .toList();
  }

  private static Treatment treatment(FeatureSpec feature, ValueRange told, Treatments asked) {
    if (!(feature instanceof Numeric)) {
      return Treatment.NONE;
    }
    Transform transform =
        ColumnPattern.anyMatches(asked.log10(), feature.field())
            ? Transform.LOG10
            : ColumnPattern.anyMatches(asked.log1p(), feature.field())
                ? Transform.LOG1P
                : Transform.NONE;
    Optional<Scaling> named = byName(asked.scalings(), feature.field());
    Scaling scaling =
        named.orElse(told != null && asked.formatRanges() ? Scaling.MIN_MAX : asked.scaling());
    ValueRange range =
        scaling == Scaling.MIN_MAX ? byName(asked.ranges(), feature.field()).orElse(told) : null;
    return new Treatment(transform, scaling, range);
  }

  /// A full name goes before a pattern, patterns go by their alphabetical order, `*` comes last.
  private static <T> Optional<T> byName(Map<String, T> asked, String column) {
    return Stream.concat(
            Stream.ofNullable(asked.get(column)),
            asked.entrySet().stream()
                .filter(entry -> new ColumnPattern(entry.getKey()).matches(column))
                .sorted(
                    Comparator.<Map.Entry<String, T>, Boolean>comparing(
                            entry -> entry.getKey().equals("*"))
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getValue))
        .findFirst();
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
