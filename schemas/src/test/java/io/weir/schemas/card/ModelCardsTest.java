package io.weir.schemas.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.card.ModelCard.Architecture;
import io.weir.schemas.card.ModelCard.DataSource;
import io.weir.schemas.card.ModelCard.GoldenVector;
import io.weir.schemas.card.ModelCard.Layer;
import io.weir.schemas.card.ModelCard.LeftOut;
import io.weir.schemas.card.ModelCard.LossTerms;
import io.weir.schemas.card.ModelCard.OffsetRange;
import io.weir.schemas.card.ModelCard.Parent;
import io.weir.schemas.card.ModelCard.TopicPart;
import io.weir.schemas.card.ModelCard.Training;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Numeric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ModelCardsTest {
  @Test
  void aCardComesBackAsItWas() throws Exception {
    ModelCard card = Cards.card();

    assertThat(ModelCards.fromJson(ModelCards.toJson(card))).isEqualTo(card);
  }

  @Test
  void aCardOfAnEarlierWeirHasTheLowestLossOfAllEpochsAndNoFurtherTerms() throws Exception {
    String json = ModelCards.toJson(Cards.card());
    String earlier = json.replaceFirst(",\"criterion\":.*?\"twoStreams\":false}", "");
    assertThat(earlier).isNotEqualTo(json).doesNotContain("terms", "decodesMean");

    ModelCard card = ModelCards.fromJson(earlier);
    assertThat(card).isEqualTo(Cards.card());
    assertThat(card.training().criterion()).isEqualTo("loss");
    assertThat(card.training().terms()).isEqualTo(ModelCard.LossTerms.PLAIN);
    assertThat(card.architecture().classifies()).isFalse();
  }

  @Test
  void aClassifierAndAllTermsOfItsLossComeBack() throws Exception {
    Architecture network =
        new Architecture(
            "vae_classifier",
            "M11",
            7,
            2,
            58,
            List.of(
                new Layer("encoder_1", "dense", 7, 4, "linear", 32),
                new Layer("encoder_2", "dropout", 4, 4, "linear", 0, 0.2f, null, null),
                new Layer("encoder_3", "batch_norm", 4, 4, "relu", 16, null, 0.99f, 1e-3f)),
            new ModelCard.Classifier("losses", true));
    Training training =
        new Training(
            "gaussian",
            "mean",
            0.5,
            "sum",
            "adam",
            1e-3,
            64,
            20,
            0.2,
            42,
            1e-8,
            "auc",
            20,
            true,
            new LossTerms(1e4, true, List.of(5.0, 10.0), List.of(1.0), 4, 10.0, true),
            new Parent("payments", "6", "ab12"));
    ModelCard card = Cards.card(network, training);

    ModelCard read = ModelCards.fromJson(ModelCards.toJson(card));

    assertThat(read).isEqualTo(card);
    assertThat(read.architecture().classifies()).isTrue();
  }

  @Test
  void thePartOfATopicComesBackAndEarlierCardsHaveNone() throws Exception {
    TopicPart part =
        new TopicPart(
            List.of(new OffsetRange(0, 5, 90), new OffsetRange(1, 0, 0)),
            "version 2 of subject payments-value",
            List.of(3, 8),
            List.of(new LeftOut("TOMBSTONE", 4, 0, 17)));
    DataSource topic = new DataSource("topic", "payments", 81, null, null, part);
    String json = ModelCards.toJson(Cards.card(topic));

    assertThat(json).contains("\"offsets\":[{\"partition\":0,\"first\":5,\"end\":90},");
    assertThat(ModelCards.fromJson(json).data()).containsExactly(topic);
    assertThat(ModelCards.toJson(Cards.card())).doesNotContain("\"topic\"");
    assertThat(Cards.card().data().getFirst().topic()).isNull();
  }

  @Test
  void theTextIsCompactAndInTheOrderOfTheRecords() {
    assertThat(ModelCards.toJson(Cards.card()))
        .startsWith(
            "{\"cardVersion\":1,\"name\":\"payments\",\"version\":\"7\",\"created\":\"2026-03-01T08:15:30Z\",")
        .contains(
            "\"features\":[{\"kind\":\"numeric\",\"name\":\"amount\",\"field\":\"payment.amount\",\"nullable\":true},")
        .contains(
            "{\"kind\":\"category\",\"name\":\"country\",\"field\":\"country\",\"nullable\":false,\"vocabulary\":[\"AT\",\"NL\"]}")
        .contains("\"golden\":[{\"features\":[null,1.0,2.0,32400.0],\"score\":0.25,")
        .doesNotContain("\n", "validationLoss", "unknownIndex");
  }

  @Property(tries = 300)
  void floatsComeBackBitForBit(@ForAll @Size(12) int[] bits) throws Exception {
    float[] f = new float[bits.length];
    for (int i = 0; i < f.length; i++) {
      float value = Float.intBitsToFloat(bits[i]);
      f[i] = Float.isFinite(value) ? value : -0.0f;
    }
    List<FeatureSpec> features = List.of(new Numeric("a", "a", true), new Numeric("b", "b", true));
    float factor = f[3] == 0 ? Float.MIN_VALUE : f[3];
    FeaturePreprocessing a =
        new FeaturePreprocessing("a", f[0], Transform.NONE, f[1], Scaling.STANDARD, f[2], factor);
    GoldenVector golden =
        new GoldenVector(
            Arrays.asList(f[4], null),
            f[5],
            f[6],
            f[7],
            List.of(f[8], f[9]),
            List.of(f[10], f[11]),
            List.of(f[4], f[5]));
    ModelCard card = Cards.card(features, List.of(a, Cards.prepared("b", 1)), golden);

    ModelCard read = ModelCards.fromJson(ModelCards.toJson(card));

    // Records of floats are equal when their bits are, and -0 is not 0.
    assertThat(read).isEqualTo(card);
  }

  @Test
  void unknownFieldsAreIgnoredAtEveryLevel() throws Exception {
    ModelCard card = Cards.card();
    String json =
        ModelCards.toJson(card)
            .replace("{\"cardVersion\":1", "{\"signature\":{\"by\":\"x\"},\"cardVersion\":1")
            .replace("\"kind\":\"numeric\",", "\"kind\":\"numeric\",\"unit\":\"EUR\",")
            .replace("\"transform\":", "\"clip\":5,\"transform\":")
            .replace("\"reconstructionLoss\":\"mse\"", "\"lr\":1,\"reconstructionLoss\":\"mse\"");

    assertThat(ModelCards.fromJson(json)).isEqualTo(card);
  }

  @Test
  void aNewerCardIsRefusedWithTheWeirThatReadsIt() {
    String json = "{\"cardVersion\":2,\"weirVersion\":\"3.0.0 (fedcba9)\",\"features\":\"other\"}";

    assertThatThrownBy(() -> ModelCards.fromJson(json))
        .isInstanceOf(InvalidCardException.class)
        .hasMessage(
            "The model card has version 2, this Weir reads 1 to 1."
                + " Use the Weir that published it (3.0.0 (fedcba9)) or a newer one.");
  }

  @Test
  void brokenTextIsRefusedWithItsPlace() {
    for (String json : List.of("", "null", "[]", "{", "{}", "17", "{\"cardVersion\":\"x\"}")) {
      assertThatThrownBy(() -> ModelCards.fromJson(json))
          .as(json)
          .isInstanceOf(InvalidCardException.class)
          .hasMessageStartingWith("The model card ")
          .hasMessageContaining("weir train");
    }
    String whole = ModelCards.toJson(Cards.card());
    for (int length = 0; length < whole.length(); length += 7) {
      String cut = whole.substring(0, length);
      assertThatThrownBy(() -> ModelCards.fromJson(cut)).isInstanceOf(InvalidCardException.class);
    }
    assertThatThrownBy(() -> ModelCards.fromJson(whole + "{}"))
        .isInstanceOf(InvalidCardException.class);
  }

  @Test
  void aMissingPartIsRefusedByName() {
    String json = ModelCards.toJson(Cards.card());

    assertThatThrownBy(
            () -> ModelCards.fromJson(json.replace("\"features\":[{\"kind", "\"x\":[{\"kind")))
        .isInstanceOf(InvalidCardException.class)
        .hasMessageContaining("features");
    assertThatThrownBy(() -> ModelCards.fromJson(json.replace("\"fill\":", "\"x\":")))
        .isInstanceOf(InvalidCardException.class)
        .hasMessageContaining("(at preprocessing[0].fill)");
    assertThatThrownBy(() -> ModelCards.fromJson(json.replace("\"scoring\":", "\"x\":")))
        .isInstanceOf(InvalidCardException.class)
        .hasMessageContaining("scoring: missing");
  }

  @Test
  void allContradictionsAreNamedAtOnce() {
    List<FeatureSpec> features = new ArrayList<>(Cards.FEATURES);
    features.set(1, new Numeric("amount", "card.virtual", false));
    List<FeaturePreprocessing> preprocessing = new ArrayList<>(Cards.PREPROCESSING);
    preprocessing.set(3, Cards.prepared("hour", 0));
    GoldenVector golden =
        new GoldenVector(
            Arrays.asList(1f, null),
            Float.NaN,
            0,
            0,
            List.of(1f, 2f, 3f, 4f),
            List.of(1f, 2f, 3f, Float.POSITIVE_INFINITY),
            List.of(1f));
    ModelCard card = Cards.card(features, preprocessing, golden);

    assertThatThrownBy(() -> ModelCards.toJson(card))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "features: 'amount' is there twice",
            "preprocessing: is for [amount, virtual, country, hour], but the features are [amount,"
                + " amount, country, hour]",
            "preprocessing of 'hour': factor is 0",
            "golden[0].features: has 2 values, the model has 4",
            "golden[0].latent: has 1 values, the model has 2",
            "golden[0].score: NaN is not a finite number",
            "Infinity is not a finite number");
  }

  @Test
  void aBackgroundComesBackAsItWas() throws Exception {
    Background background =
        new Background(
            "weighted k-means",
            List.of(
                new Background.Row(Arrays.asList(1.5f, null, 2f, 0.1f), 0.75),
                new Background.Row(List.of(-0f, 1f, 0f, 3e-9f), 0.25)));
    ModelCard card = Cards.card().withBackground(background);
    assertThat(ModelCards.fromJson(ModelCards.toJson(card))).isEqualTo(card);
    assertThat(ModelCards.fromJson(ModelCards.toJson(Cards.card())).background()).isNull();
  }

  @Test
  void aBackgroundMustFitTheModelAndStandForAllRows() {
    Background background =
        new Background(
            "",
            List.of(
                new Background.Row(List.of(1f, 2f), 0.5),
                new Background.Row(List.of(1f, 2f, Float.NaN, 4f), -0.25)));
    assertThatThrownBy(() -> ModelCards.toJson(Cards.card().withBackground(background)))
        .hasMessageContainingAll(
            "background.method: missing",
            "background.rows[0].features: has 2 values, the model has 4",
            "background.rows[1].features: NaN is not a finite number",
            "background.rows[1].weight: is -0.25, but must be above 0",
            "background.rows: the weights sum to 0.25, but must to 1");
    assertThatThrownBy(
            () -> ModelCards.toJson(Cards.card().withBackground(new Background("x", List.of()))))
        .hasMessageContaining("background.rows: there is none");
  }
}
