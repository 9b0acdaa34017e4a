package io.weir.schemas.card;

import io.weir.schemas.features.FeatureSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The rules that the parts of a card keep among each other.
final class CardRules {
  /// What rounding may leave of a sum of 1.
  private static final double WEIGHT_SUM_ERROR = 1e-6;

  private final List<String> problems = new ArrayList<>();

  private CardRules() {}

  /// Every broken rule, a sentence each.
  static List<String> problems(ModelCard card) {
    CardRules rules = new CardRules();
    rules.parts(card);
    if (rules.problems.isEmpty()) {
      rules.features(card);
      card.preprocessing().forEach(rules::preprocessing);
      for (int i = 0; i < card.golden().size(); i++) {
        rules.golden(i, card.golden().get(i), card);
      }
      if (card.scores() != null) {
        rules.scores("scores", card.scores());
      }
      if (card.segments() != null) {
        rules.segments(card);
      }
      if (card.eventsPerDay() != null && !(card.eventsPerDay() > 0)) {
        rules.problems.add("eventsPerDay: is " + card.eventsPerDay() + ", but must be above 0");
      }
      card.thresholds().forEach(t -> rules.finite("threshold '" + t.policy() + "'", t.value()));
      if (card.background() != null) {
        rules.background(card.background(), card.rowValues());
      }
    }
    return rules.problems;
  }

  private void parts(ModelCard card) {
    present("name", card.name());
    present("version", card.version());
    present("architecture", card.architecture());
    present("training", card.training());
    present("scoring", card.scoring());
    if (card.features().isEmpty()) {
      problems.add("features: there is none; a model needs at least one");
    }
    if (card.window() != null) {
      window(card.window());
    }
  }

  private void window(ModelCard.Window window) {
    if (window.steps() < 2) {
      problems.add("window.steps: is " + window.steps() + ", but a window has at least 2 events");
    }
    if (window.maxGapMillis() != null && window.maxGapMillis() < 1) {
      problems.add("window.maxGapMillis: is " + window.maxGapMillis() + ", but must be at least 1");
    }
  }

  private void present(String name, Object part) {
    if (part == null || part.equals("")) {
      problems.add(name + ": missing");
    }
  }

  private void features(ModelCard card) {
    List<String> names = card.features().stream().map(FeatureSpec::name).toList();
    Set<String> seen = new HashSet<>();
    names.stream()
        .filter(name -> !seen.add(name))
        .forEach(name -> problems.add("features: '" + name + "' is there twice"));
    List<String> prepared =
        card.preprocessing().stream().map(FeaturePreprocessing::feature).toList();
    if (!names.equals(prepared)) {
      problems.add(
          "preprocessing: is for "
              + prepared
              + ", but the features are "
              + names
              + "; both need the same names in the same order");
    }
  }

  private void preprocessing(FeaturePreprocessing entry) {
    String name = "preprocessing of '" + entry.feature() + "': ";
    finite(name + "fill", entry.fill());
    finite(name + "floor", entry.floor());
    finite(name + "shift", entry.shift());
    finite(name + "factor", entry.factor());
    if (entry.factor() == 0) {
      problems.add(name + "factor is 0; the reconstruction could not be scaled back");
    }
  }

  private void golden(int index, ModelCard.GoldenVector golden, ModelCard card) {
    String name = "golden[" + index + "].";
    int values = card.rowValues();
    size(name + "features", golden.features(), values);
    size(name + "expected", golden.expected(), values);
    size(name + "contribution", golden.contribution(), values);
    size(name + "latent", golden.latent(), card.architecture().latent());
    finite(name + "score", golden.score());
    finite(name + "reconstructionLoss", golden.reconstructionLoss());
    finite(name + "klDivergence", golden.klDivergence());
    Stream.of(golden.features(), golden.expected(), golden.contribution(), golden.latent())
        .flatMap(List::stream)
        .filter(value -> value != null && !Float.isFinite(value))
        .forEach(value -> problems.add(name + "*: " + value + " is not a finite number"));
  }

  private void size(String name, List<Float> list, int expected) {
    if (list.size() != expected) {
      problems.add(name + ": has " + list.size() + " values, the model has " + expected);
    }
  }

  private void scores(String name, ModelCard.ScoreDistribution scores) {
    if (scores.count() < 1) {
      problems.add(name + ".count: is " + scores.count() + ", but a distribution needs rows");
    }
    List<ModelCard.Quantile> quantiles = scores.quantiles();
    if (quantiles.isEmpty()) {
      problems.add(name + ".quantiles: there is none; minimum and maximum are the least");
    }
    for (int i = 0; i < quantiles.size(); i++) {
      ModelCard.Quantile quantile = quantiles.get(i);
      String at = name + ".quantiles[" + i + "]";
      finite(at + ".score", quantile.score());
      if (!(quantile.p() >= 0 && quantile.p() <= 1)) {
        problems.add(at + ".p: " + quantile.p() + " is not within 0 to 1");
      }
      if (i > 0
          && (quantile.p() < quantiles.get(i - 1).p()
              || quantile.score() < quantiles.get(i - 1).score())) {
        problems.add(at + ": is below the one before; both must ascend");
      }
    }
    if (scores.tail() != null) {
      tail(name + ".tail.", scores.tail(), scores.count());
    }
  }

  private void tail(String name, ScoreTail tail, long rows) {
    finite(name + "start", tail.start());
    finite(name + "shape", tail.shape());
    finite(name + "scale", tail.scale());
    finite(name + "goodness", tail.goodness());
    if (tail.usable() && !(tail.scale() > 0)) {
      problems.add(name + "scale: is " + tail.scale() + ", but must be above 0");
    }
    if (tail.usable() && (tail.excesses() < 1 || tail.excesses() >= rows)) {
      problems.add(name + "excesses: is " + tail.excesses() + ", of " + rows + " rows");
    }
  }

  private void segments(ModelCard card) {
    ScoreSegments segments = card.segments();
    List<String> values =
        card.features().stream()
            .filter(feature -> feature.name().equals(segments.by()))
            .findFirst()
            .map(ScoreSegments::valuesOf)
            .orElse(List.of());
    if (values.isEmpty()) {
      problems.add(
          "segments.by: '" + segments.by() + "' is no category and no flag among the features");
    }
    Set<String> seen = new HashSet<>();
    for (ScoreSegments.Segment segment : segments.segments()) {
      String name = "segments of '" + segment.value() + "'";
      if (!values.contains(segment.value()) || !seen.add(segment.value())) {
        problems.add(name + ": is no value of '" + segments.by() + "', or there twice");
      }
      if (segment.scores() == null) {
        problems.add(name + ": has no scores");
      } else {
        scores(name + ".scores", segment.scores());
      }
    }
  }

  private void background(Background background, int values) {
    present("background.method", background.method());
    if (background.rows().isEmpty()) {
      problems.add("background.rows: there is none; leave the background out instead");
      return;
    }
    double sum = 0;
    for (int i = 0; i < background.rows().size(); i++) {
      Background.Row row = background.rows().get(i);
      String name = "background.rows[" + i + "].";
      size(name + "features", row.features(), values);
      row.features().stream()
          .filter(value -> value != null && !Float.isFinite(value))
          .forEach(value -> problems.add(name + "features: " + value + " is not a finite number"));
      if (!(row.weight() > 0)) {
        problems.add(name + "weight: is " + row.weight() + ", but must be above 0");
      }
      sum += row.weight();
    }
    if (!(Math.abs(sum - 1) <= WEIGHT_SUM_ERROR)) {
      problems.add("background.rows: the weights sum to " + sum + ", but must to 1");
    }
  }

  private void finite(String name, double value) {
    if (!Double.isFinite(value)) {
      problems.add(name + ": " + value + " is not a finite number");
    }
  }
}
