package io.weir.streams.notify;

import io.weir.schemas.card.ModelCard;
import io.weir.schemas.event.FeatureContribution;
import io.weir.schemas.features.FeatureSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The reasons of an alert as one sentence in English, such as `amount 4,980.00 where 41.20 was
/// expected; country: a value never seen in training`.
///
/// It names the features that make up most of the reconstruction loss, at most [#FEATURES_MAX]. It
/// is a line of text whatever the model's names and words are: bounded, without control characters.
final class Sentence {
  /// Most features that it names.
  static final int FEATURES_MAX = 3;

  /// The features named make up so much of the loss together, or are the most there may be.
  private static final double MOST = 0.8;

  /// A smaller share than this is not worth a word, but for the largest.
  private static final double WORTH = 0.1;

  /// If the largest share is smaller, there are many causes.
  private static final double SPREAD = 0.05;

  private static final int NAME_MAX = 60;
  private static final int WORD_MAX = 40;

  private final boolean classifies;
  private final Map<String, FeatureSpec> features = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  Sentence(ModelCard card) {
    this.classifies = card.architecture().classifies();
    for (FeatureSpec feature : card.features()) {
      features.put(feature.name(), feature);
      names.put(feature.name(), PlainText.of(feature.name(), NAME_MAX));
    }
  }

  /// The sentence.
  ///
  /// @param top features, the largest contribution first, at least [#FEATURES_MAX] if there are so
  ///   many
  String of(List<FeatureContribution> top, float score) {
    StringBuilder text = new StringBuilder(160);
    if (classifies) {
      text.append("probability ");
      NumberText.append(text, score, 2);
      return text.append(" of an anomaly").toString();
    }
    // Not greater rather than not above: a share may be NaN.
    if (top.isEmpty() || !(top.getFirst().getContribution() > 0)) {
      return "unusual as a whole, no feature stands out";
    }
    if (top.getFirst().getContribution() < SPREAD) {
      text.append("many features, first of all ");
      append(text, top.getFirst());
      return text.toString();
    }
    double named = 0;
    for (int i = 0; i < Math.min(top.size(), FEATURES_MAX) && named < MOST; i++) {
      FeatureContribution feature = top.get(i);
      if (i > 0 && !(feature.getContribution() >= WORTH)) {
        break;
      }
      text.append(i == 0 ? "" : "; ");
      append(text, feature);
      named += feature.getContribution();
    }
    return text.toString();
  }

  private void append(StringBuilder text, FeatureContribution feature) {
    text.append(names.get(feature.getName()));
    if (feature.getStep() < 0) {
      int ago = -feature.getStep();
      text.append(" (").append(ago).append(ago == 1 ? " event ago)" : " events ago)");
    }
    if (features.get(feature.getName()) instanceof FeatureSpec.Category category
        && feature.getActual() != null
        && Math.round(feature.getActual()) >= category.vocabulary().size()) {
      text.append(": a value never seen in training");
      return;
    }
    if (feature.getActual() == null) {
      text.append(" missing");
      if (feature.getExpected() != null) {
        text.append(" where ");
        expected(text, feature);
      }
    } else if (feature.getActualText() == null) {
      numbers(text, feature.getActual(), feature.getExpected());
    } else {
      text.append(' ').append(PlainText.of(feature.getActualText(), WORD_MAX));
      if (feature.getActualText().equals(feature.getExpectedText())) {
        text.append(", expected with less certainty");
      } else if (feature.getExpectedText() != null) {
        text.append(" where ");
        expected(text, feature);
      }
    }
  }

  private static void expected(StringBuilder text, FeatureContribution feature) {
    if (feature.getExpectedText() == null) {
      double expected = feature.getExpected();
      NumberText.append(text, expected, NumberText.decimals(expected, expected));
    } else {
      text.append(PlainText.of(feature.getExpectedText(), WORD_MAX));
    }
    text.append(" was expected");
  }

  private static void numbers(StringBuilder text, double actual, Double expectedOrNull) {
    double expected = expectedOrNull == null ? actual : expectedOrNull;
    int decimals = NumberText.decimals(actual, expected);
    text.append(' ');
    NumberText.append(text, actual, decimals);
    if (expectedOrNull != null) {
      text.append(" where ");
      NumberText.append(text, expected, decimals);
      text.append(" was expected");
    }
  }
}
