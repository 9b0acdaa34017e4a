package io.weir.detector.shap;

import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.detector.Explainer;
import io.weir.detector.Explanation;
import io.weir.detector.shap.ReconstructionExplanation.WorstFeature;
import io.weir.schemas.card.Background;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.ValueText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Explains single events of a detector by Shapley values. The players are the features; of a
/// window, a feature is one player in all events together, since people ask which measurement is
/// odd before they ask since when. For one thread.
public final class EventExplainer implements AutoCloseable {
  /// Rows of one call of ONNX Runtime; the bits do not depend on it.
  private static final int BATCH = 1_024;

  /// Values of one call's rows: 16 MiB.
  private static final int BATCH_VALUES = 1 << 22;

  private static final long SEED = 0;

  private final ModelCard card;
  private final float[] background;
  private final double[] weights;
  private final int[][] players;
  private final BatchScorer scorer;
  private final Explainer explainer;

  private EventExplainer(Detector detector, Background background) {
    card = detector.card();
    int values = card.rowValues();
    int rows = background.rows().size();
    this.background = new float[Math.multiplyExact(rows, values)];
    weights = new double[rows];
    for (int row = 0; row < rows; row++) {
      Background.Row one = background.rows().get(row);
      weights[row] = one.weight();
      for (int i = 0; i < values; i++) {
        Float value = one.features().get(i);
        this.background[row * values + i] = value == null ? Float.NaN : value;
      }
    }
    players = new int[card.features().size()][];
    for (int f = 0; f < players.length; f++) {
      int feature = f;
      players[f] =
          IntStream.range(0, card.steps()).map(s -> s * players.length + feature).toArray();
    }
    int batch = Math.clamp(BATCH_VALUES / values, 1, BATCH);
    scorer = detector.scorer(batch);
    explainer = detector.explainer(batch);
  }

  /// With the background of the model's card.
  ///
  /// @param detector may be closed before the explainer is
  /// @throws UnexplainableException if the card has none
  public static EventExplainer of(Detector detector) {
    if (detector.card().background() == null) {
      throw UnexplainableException.noBackground(detector.origin());
    }
    return new EventExplainer(detector, detector.card().background());
  }

  /// With another background, whose rows fit the model.
  public static EventExplainer of(Detector detector, Background background) {
    return new EventExplainer(detector, background);
  }

  /// Kernel SHAP of the score.
  ///
  /// @param row [features], or [steps x features] of a window: raw values, NaN where missing
  /// @throws UnexplainableException where a score is not finite
  public ScoreExplanation score(float[] row) {
    Attribution shared =
        new KernelShap(new ScoreFunction(scorer), background, weights, players, SEED).explain(row);
    return new ScoreExplanation(
        plainScore(row),
        shared.base(),
        effects(row, shared.phi(), IntStream.range(0, players.length).boxed().toList()),
        shared.gap(),
        shared.exact(),
        shared.coalitions(),
        weights.length,
        shared.rows());
  }

  /// The method of Antwarg et al.: for each of the features with the largest error, kernel SHAP of
  /// what the model expects of it, with all other features as players.
  ///
  /// @param row [features], or [steps x features] of a window: raw values, NaN where missing
  /// @param most how many features are explained
  /// @throws UnexplainableException where the model has a single feature, or an expectation is not
  ///   finite
  public ReconstructionExplanation reconstruction(float[] row, int most) {
    if (players.length < 2) {
      throw new UnexplainableException(
          "The model has a single feature, "
              + card.features().getFirst().name()
              + ": no other one can explain what is expected of it");
    }
    Explanation whole = explainer.explain(row, 0);
    double[] shares = new double[players.length];
    for (int i = 0; i < row.length; i++) {
      shares[i % players.length] += whole.contribution()[i];
    }
    List<Integer> order =
        IntStream.range(0, players.length)
            .boxed()
            .sorted(Comparator.comparingDouble(f -> -shares[f]))
            .limit(most)
            .toList();
    List<WorstFeature> worst = new ArrayList<>();
    long rows = 0;
    for (int feature : order) {
      int place = largest(whole.contribution(), feature);
      ExpectedFunction function =
          new ExpectedFunction(
              explainer,
              card.features().get(feature),
              card.preprocessing().get(feature),
              place,
              row[place]);
      List<Integer> others =
          IntStream.range(0, players.length).filter(f -> f != feature).boxed().toList();
      int[][] them = others.stream().map(f -> players[f]).toArray(int[][]::new);
      Attribution shared = new KernelShap(function, background, weights, them, SEED).explain(row);
      rows += shared.rows();
      worst.add(worst(row, whole, feature, place, shares[feature], function, others, shared));
    }
    return new ReconstructionExplanation(whole.score(), worst, weights.length, rows);
  }

  private WorstFeature worst(
      float[] row,
      Explanation whole,
      int feature,
      int place,
      double share,
      ExpectedFunction function,
      List<Integer> others,
      Attribution shared) {
    FeatureSpec spec = card.features().get(feature);
    float expected = whole.expected()[place];
    // An expectation below the actual value is pushed away from it by what pushes it down.
    double away = function.actual() >= function.number(expected) ? -1 : 1;
    List<FeatureEffect> effects = effects(row, shared.phi(), others);
    return new WorstFeature(
        spec.name(),
        number(row[place]),
        ValueText.of(spec, row[place]),
        number(expected),
        ValueText.of(spec, expected),
        share,
        place / players.length + 1 - card.steps(),
        shared.base(),
        shared.value(),
        effects.stream().filter(e -> e.phi() * away > 0).toList(),
        effects.stream().filter(e -> e.phi() * away < 0).toList(),
        shared.gap(),
        shared.exact());
  }

  /// The place of a feature's largest contribution, the newest of equals.
  private int largest(float[] contribution, int feature) {
    int largest = contribution.length - players.length + feature;
    for (int i = largest - players.length; i >= 0; i -= players.length) {
      if (contribution[i] > contribution[largest]) {
        largest = i;
      }
    }
    return largest;
  }

  /// The score of a row, as the stream gives it.
  public float plainScore(float[] row) {
    System.arraycopy(row, 0, scorer.features(), 0, row.length);
    scorer.scoreRows(1);
    return scorer.score(0);
  }

  /// @param of the features that `phi` is of
  private List<FeatureEffect> effects(float[] row, double[] phi, List<Integer> of) {
    int newest = row.length - players.length;
    return IntStream.range(0, phi.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -Math.abs(phi[i])))
        .map(
            i -> {
              FeatureSpec spec = card.features().get(of.get(i));
              float value = row[newest + of.get(i)];
              return new FeatureEffect(
                  spec.name(), number(value), ValueText.of(spec, value), phi[i]);
            })
        .toList();
  }

  /// The shortest decimal that is this float32; null for a missing value.
  private static Double number(float value) {
    return Float.isNaN(value) ? null : Double.valueOf(Float.toString(value));
  }

  @Override
  public void close() {
    scorer.close();
    explainer.close();
  }
}
