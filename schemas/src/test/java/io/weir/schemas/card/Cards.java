package io.weir.schemas.card;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.card.ModelCard.Architecture;
import io.weir.schemas.card.ModelCard.DataSource;
import io.weir.schemas.card.ModelCard.GoldenVector;
import io.weir.schemas.card.ModelCard.History;
import io.weir.schemas.card.ModelCard.Layer;
import io.weir.schemas.card.ModelCard.Quantile;
import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ModelCard.Scoring;
import io.weir.schemas.card.ModelCard.Threshold;
import io.weir.schemas.card.ModelCard.Training;
import io.weir.schemas.features.Cycle;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import java.util.Arrays;
import java.util.List;

/// Cards for tests.
final class Cards {
  static final List<FeatureSpec> FEATURES =
      List.of(
          new Numeric("amount", "payment.amount", true),
          new Flag("virtual", "card.virtual", false),
          new Category("country", "country", false, List.of("AT", "NL")),
          new CyclicTime("hour", "at", false, Cycle.TIME_OF_DAY));
  static final List<FeaturePreprocessing> PREPROCESSING =
      List.of(
          prepared("amount", 0.1f),
          prepared("virtual", 1),
          prepared("country", 1),
          prepared("hour", 1));
  static final GoldenVector GOLDEN =
      new GoldenVector(
          Arrays.asList(null, 1f, 2f, 32_400f),
          0.25f,
          0.2f,
          0.05f,
          List.of(1f, 0.5f, 1f, 30_000f),
          List.of(0.25f, 0.25f, 0.25f, 0.25f),
          List.of(0.5f, -0.5f));

  private Cards() {}

  static FeaturePreprocessing prepared(String feature, float factor) {
    return new FeaturePreprocessing(feature, 12, Transform.LOG1P, 0, Scaling.MIN_MAX, 0.5f, factor);
  }

  static ModelCard card() {
    return card(FEATURES, PREPROCESSING, GOLDEN);
  }

  static ModelCard card(
      List<FeatureSpec> features, List<FeaturePreprocessing> preprocessing, GoldenVector golden) {
    return card(
        features,
        preprocessing,
        golden,
        new Architecture(
            "vae", "custom", 7, 2, 58, List.of(new Layer("encoder_1", "dense", 7, 4, "relu", 32))),
        new Training("mse", "mean", 0.5, "sum", "adam", 1e-3, 64, 20, 0.2, 42));
  }

  static ModelCard card(Architecture network, Training training) {
    return card(FEATURES, PREPROCESSING, GOLDEN, network, training);
  }

  static ModelCard card(DataSource data) {
    ModelCard card = card();
    return new ModelCard(
        card.cardVersion(),
        card.name(),
        card.version(),
        card.created(),
        card.weirVersion(),
        card.features(),
        card.preprocessing(),
        card.architecture(),
        card.training(),
        card.history(),
        List.of(data),
        card.scoring(),
        card.scores(),
        card.thresholds(),
        card.golden());
  }

  private static ModelCard card(
      List<FeatureSpec> features,
      List<FeaturePreprocessing> preprocessing,
      GoldenVector golden,
      Architecture network,
      Training training) {
    return new ModelCard(
        ModelCard.VERSION,
        "payments",
        "7",
        "2026-03-01T08:15:30Z",
        "0.1.0 (abc1234)",
        features,
        preprocessing,
        network,
        training,
        new History(20, 17, 0.1, 0.09, 0.02, null, 3.5),
        List.of(new DataSource("csv", "payments.csv", 1_000, "ab12", null)),
        new Scoring(0.5, "mean"),
        scores(),
        List.of(new Threshold("quantile:0.999", 2.5)),
        List.of(golden));
  }

  static ScoreDistribution scores() {
    return new ScoreDistribution(
        1_000,
        0.5,
        0.25,
        List.of(
            new Quantile(0, 0.125),
            new Quantile(0.5, 0.5),
            new Quantile(0.9, 1),
            new Quantile(0.99, 2),
            new Quantile(1, 4)));
  }
}
