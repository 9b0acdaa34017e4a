package io.weir.trainer.report;

import io.weir.schemas.card.FeaturePreprocessing;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.features.FeatureSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Features and their preprocessing in a few words.
public final class FeatureText {
  private static final int WORDS_SHOWN = 6;

  private FeatureText() {}

  /// `number`, `flag`, `category of 3: a, b, c`, `time of day`.
  public static String kind(FeatureSpec feature) {
    return switch (feature) {
      case FeatureSpec.Numeric _ -> "number";
      case FeatureSpec.Flag _ -> "flag";
      case FeatureSpec.Category category -> category(category.vocabulary());
      case FeatureSpec.CyclicTime time ->
          time.cycle().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  /// What the graph does to the raw value, such as `log10, min_max 0.3..4.1`; empty where it does
  /// nothing.
  public static String preprocessing(FeatureSpec feature, FeaturePreprocessing p) {
    List<String> steps = new ArrayList<>();
    if (p.transform() != Transform.NONE) {
      steps.add(p.transform().name().toLowerCase(Locale.ROOT));
    }
    boolean number = feature instanceof FeatureSpec.Numeric;
    if (number) {
      switch (p.scaling()) {
        case NONE -> {}
        case MIN_MAX -> steps.add("min_max %.4g..%.4g".formatted(p.shift(), width(p)));
        case STANDARD -> steps.add("standard %.4g +- %.4g".formatted(p.shift(), 1 / p.factor()));
        case ROBUST -> steps.add("robust %.4g +- %.4g".formatted(p.shift(), 1 / p.factor()));
      }
    }
    if (feature.nullable()) {
      steps.add("missing = %s".formatted(p.fill()));
    }
    return String.join(", ", steps);
  }

  private static float width(FeaturePreprocessing p) {
    return p.shift() + 1 / p.factor();
  }

  private static String category(List<String> words) {
    String shown = String.join(", ", words.subList(0, Math.min(WORDS_SHOWN, words.size())));
    return "category of %d: %s%s"
        .formatted(words.size(), shown, words.size() > WORDS_SHOWN ? ", ..." : "");
  }
}
