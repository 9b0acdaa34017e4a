package io.weir.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import io.weir.trainer.engine.network.Prior;
import io.weir.trainer.fit.Criterion;
import io.weir.trainer.fit.EarlyStopping;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Objective.Classification;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PresetTest {
  /// What ML4Anomalies' models are published with.
  private static final int INPUTS = 14;

  private static final Activation LEAKY_RELU = new Activation.LeakyRelu(0.3f);

  @ParameterizedTest(name = "{0}, layers {1}, latent {2}: {3} parameters")
  @CsvSource(
      delimiter = '|',
      value = {
        "M1   | 20,10,7    | 3 |  1697",
        "M1   | 30,20,10   | 5 |  4414",
        "M1   | 150,100,50 | 7 | 86278",
        "M1   | 50,20,10   | 5 |  5814",
        "M1   | 100,50,7   | 3 | 24097",
        "M1   | 20,10,7    | 7 |  1789",
        "M2   | 28,7       | 4 |  1932",
        "M2   | 2o,14      | 7 |  2464",
        "M2   | 28,14      | 2 |  2194",
        "M2   | 28,7       | 6 |  2014",
        "M3   | 128,64,32  | 2 | 24728",
        "M3   | 128,64,32  | 3 | 24832",
        "M3   | 128,64,32  | 4 | 24938",
        "M3   | 128,64,32  | 5 | 25046",
        "M3   | 128,64,32  | 7 | 25268",
        "M5   | 128,64,32  | 2 | 24728",
        "M5   | 128,64,32  | 3 | 24832",
        "M5   | 128,64,32  | 4 | 24938",
        "M5   | 128,64,32  | 5 | 25046",
        "M5   | 128,64,32  | 7 | 25268",
      })
  void hasTheParametersOfItsPublicationAtEveryWidth(
      String id, String layers, String latent, long parameters) {
    Shape shape = Preset.labelled(id).recipe().shape();
    Shape changed = shape.withWidths(Widths.parse(layers)).withLatent(Width.parse(latent));
    assertThat(changed.network(INPUTS, false).parameters()).isEqualTo(parameters);
  }

  @ParameterizedTest(name = "{0}: {1} parameters, {2} of them trainable")
  @CsvSource({
    "M1,     1697,   1697",
    "M2,     2464,   2464",
    "M3,    24938,  24938",
    "M4,     1932,   1932",
    "M5,    24938,  24938",
    "M6,     2014,   2014",
    "M7,     2408,   2240",
    "M8,     2486,   2262",
    "M9,     2486,   2262",
    "M10A,   1880,   1880",
    "M10B,   1820,   1820",
    "M10C,   1830,   1830",
    "M11,   24298,  24298",
    "S1,   619368, 619368",
    "S2,   620156, 620156",
    "S3,   620156, 620156",
    "S4,   620156, 620156",
    "mnist-vae, 807700, 807700",
    "L1,   505904, 505904",
  })
  void hasTheParametersOfItsPublicationByDefault(String id, long parameters, long trainable) {
    Preset preset = Preset.labelled(id);
    NetworkSpec network = preset.recipe().network(preset.family().inputs());
    assertThat(network.parameters()).isEqualTo(trainable);
    assertThat(network.parameters() + network.trackedParameters()).isEqualTo(parameters);
  }

  @ParameterizedTest(name = "{0}, {1} inputs, depth {2}: {3} parameters")
  @CsvSource({
    "S1, 784, 1,    3922",
    "S1, 784, 2,  619368",
    "S1, 784, 3, 1100668",
    "S1, 560, 2,  316968",
    "S2, 784, 1,    5492",
    "S2, 784, 2,  620156",
    "S2, 784, 3, 1101196",
    "S2, 560, 2,  317532",
  })
  void theDynamicModelsHaveTheParametersOfTheirPublicationAtEveryDepth(
      String id, int inputs, int depth, long parameters) {
    Shape shape = Preset.labelled(id).recipe().shape().withWidths(new Widths.Falling(depth));
    assertThat(shape.network(inputs, false).parameters()).isEqualTo(parameters);
  }

  @Test
  void theDynamicModelsNarrowAsTheirFormulaSays() {
    assertThat(new Widths.Falling(2).at(784, 2)).containsExactly(393);
    assertThat(new Widths.Falling(3).at(784, 2)).containsExactly(524, 263);
    assertThat(new Widths.Falling(5).at(784, 2)).containsExactly(628, 472, 315, 159);
    assertThat(new Widths.Falling(2).at(560, 2)).containsExactly(281);
    assertThat(new Widths.Falling(3).at(14, 2)).containsExactly(10, 6);
    assertThat(new Widths.Falling(1).at(14, 2)).isEmpty();
  }

  @Test
  void theDynamicVaeSumsItsCrossEntropyAndStartsAsPyTorch() {
    Recipe recipe = Preset.DYNAMIC_VAE.recipe();
    NetworkSpec network = recipe.network(784);
    assertThat(network.encoder()).containsExactly(dense(784, 393, new Activation.Relu()));
    assertThat(network.decoder())
        .containsExactly(
            dense(2, 393, new Activation.Relu()), dense(393, 784, new Activation.Sigmoid()));
    assertThat(recipe.objective())
        .isEqualTo(new Objective(Reconstruction.BCE, Reduction.SUM, 1, Reduction.SUM));
    assertThat(recipe.schedule().adam().epsilon()).isEqualTo(1e-8);
    assertThat(Preset.DYNAMIC_BETA_VAE.recipe().schedule().batch()).isEqualTo(64);
    assertThat(Preset.DYNAMIC_PRIOR.recipe().objective().prior())
        .isEqualTo(new Prior(List.of(1.0), List.of(1.0)));
  }

  @Test
  void theDynamicAutoencoderAveragesItsCrossEntropy() {
    Recipe recipe = Preset.DYNAMIC_AUTOENCODER.recipe();
    assertThat(recipe.objective().reconstructionReduction()).isEqualTo(Reduction.MEAN);
    assertThat(recipe.network(784).encoder())
        .containsExactly(
            dense(784, 393, new Activation.Relu()), dense(393, 2, new Activation.Linear()));
  }

  @Test
  void theExtendedModelEndsInLeakyReluAndStartsFromGlorot() {
    NetworkSpec network = Preset.EXTENDED.recipe().network(INPUTS);
    assertThat(network.encoder()).extracting("outputs").containsExactly(20, 10, 10, 10, 7);
    assertThat(network.decoder()).extracting("outputs").containsExactly(7, 10, 10, 10, 20, 14);
    assertThat(network.output().activation()).isEqualTo(LEAKY_RELU);
    assertThat(network.layers())
        .allSatisfy(
            l -> assertThat(((Dense) l).initializer()).isEqualTo(Initializer.GLOROT_UNIFORM));
    assertThat(Preset.EXTENDED.recipe().objective())
        .isEqualTo(new Objective(Reconstruction.MSE, Reduction.MEAN, 1e-6, Reduction.MEAN));
    assertThat(Preset.EXTENDED.recipe().schedule()).isEqualTo(Schedule.keras(5e-4, 32, 50));
  }

  @Test
  void model3EndsLinearAndStartsFromHeEverywhere() {
    NetworkSpec.Vae network = (NetworkSpec.Vae) Preset.MODEL3.recipe().network(INPUTS);
    assertThat(network.decoder()).extracting("outputs").containsExactly(4, 32, 64, 128, 14);
    assertThat(network.output().activation()).isEqualTo(new Activation.Linear());
    assertThat(network.mean().activation()).isEqualTo(new Activation.Linear());
    assertThat(network.layers())
        .allSatisfy(l -> assertThat(((Dense) l).initializer()).isEqualTo(Initializer.HE_NORMAL));
    assertThat(Preset.MODEL3.recipe().objective().beta()).isEqualTo(1e-8);
  }

  @Test
  void model3WithSigmoidDiffersInItsLastActivationOnly() {
    Recipe model3 = Preset.MODEL3.recipe();
    assertThat(Preset.MODEL3_SIGMOID.recipe())
        .isEqualTo(model3.withShape(model3.shape().withOutputActivation(new Activation.Sigmoid())));
  }

  @Test
  void theNormalisedAutoencoderDropsNormalisesAndActivatesInThisOrder() {
    List<LayerSpec> encoder = Preset.NORMALISED_AUTOENCODER.recipe().network(INPUTS).encoder();
    assertThat(encoder)
        .containsExactly(
            linear(14, 28),
            new Dropout(28, 0.2f),
            BatchNorm.keras(28, LEAKY_RELU),
            linear(28, 14),
            new Dropout(14, 0.2f),
            BatchNorm.keras(14, LEAKY_RELU),
            linear(14, 14));
    assertThat(Preset.NORMALISED_AUTOENCODER.recipe().network(INPUTS).decoder())
        .containsExactly(
            linear(14, 14),
            BatchNorm.keras(14, LEAKY_RELU),
            linear(14, 28),
            BatchNorm.keras(28, LEAKY_RELU),
            linear(28, 14));
  }

  @Test
  void theNormalisedModelsDecoderStartsWithALinearLayer() {
    List<LayerSpec> decoder = Preset.NORMALISED.recipe().network(INPUTS).decoder();
    assertThat(decoder)
        .containsExactly(
            linear(4, 7),
            linear(7, 7),
            BatchNorm.keras(7, LEAKY_RELU),
            linear(7, 14),
            BatchNorm.keras(14, LEAKY_RELU),
            linear(14, 14),
            BatchNorm.keras(14, LEAKY_RELU),
            new Dense(14, 14, LEAKY_RELU, Initializer.GLOROT_UNIFORM));
  }

  @Test
  void theNormalisedModelSumsTheDivergenceOverItsBatch() {
    Recipe recipe = Preset.NORMALISED.recipe();
    assertThat(recipe.objective().reconstructionWeight()).isEqualTo(10_000);
    assertThat(recipe.objective().klReduction()).isEqualTo(Reduction.SUM);
    assertThat(recipe.objective().beta()).isEqualTo(recipe.schedule().batch());
    assertThat(recipe.klWeight()).isCloseTo(0.0032, within(1e-12));
  }

  @Test
  void theWeightOfARowCountsForBothLossesInM9AndForTheReconstructionInM6() {
    assertThat(Preset.NORMALISED_WEIGHTED.recipe().objective().klWeighted()).isTrue();
    assertThat(Preset.NORMALISED_WEIGHTED.recipe().objective().klReduction())
        .isEqualTo(Reduction.MEAN);
    assertThat(Preset.WIDE_WEIGHTED.recipe().objective().klWeighted()).isFalse();
  }

  @Test
  void onlyM4DecodesTheMeanInValidation() {
    for (Preset preset : Preset.values()) {
      assertThat(preset.recipe().schedule().selection().decodesMean())
          .isEqualTo(preset == Preset.WIDE_MEAN);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "M10A, LATENT, 7",
    "M10B, RECONSTRUCTION_LOSS, 1",
    "M10C, LOSSES, 2",
    "M10X, INPUTS, 14"
  })
  void theClassifierTakesWhatItsLetterSays(String id, Classifier.Input input, int columns) {
    Recipe recipe = Preset.labelled(id).recipe();
    Classifier head = recipe.network(INPUTS).classifier().orElseThrow();
    assertThat(head.input()).isEqualTo(input);
    assertThat(head.layers())
        .containsExactly(
            new Dense(columns, 10, new Activation.Relu(), Initializer.GLOROT_UNIFORM),
            new Dense(10, 1, new Activation.HardSigmoid(), Initializer.GLOROT_UNIFORM));
    assertThat(recipe.objective().reconstructionWeight()).isEqualTo(0.01);
    assertThat(recipe.objective().classification()).contains(new Classification(1, false));
  }

  @Test
  void twoStreamsStopByAucAndWeighTheClassifierTenfold() {
    Recipe recipe = Preset.TWO_STREAMS.recipe();
    assertThat(recipe.objective().classification()).contains(new Classification(10, true));
    assertThat(recipe.schedule().selection())
        .isEqualTo(new Selection(Criterion.AUC, Optional.of(new EarlyStopping(20, 0)), false));
    assertThat(recipe.network(INPUTS).classifier().orElseThrow().layers().getFirst())
        .isEqualTo(new Dense(2, 50, new Activation.Softmax(), Initializer.GLOROT_UNIFORM));
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void anAutoencoderHasTheSameDecoderAndOneLinearLatent(Preset preset) {
    Shape published = preset.recipe().shape().withHead(Optional.empty());
    Shape shape =
        published.withRecurrence(
            published.recurrence().map(r -> new Recurrence(r.units(), r.decoder(), 2)));
    NetworkSpec network = shape.withKind(NetworkKind.AUTOENCODER).network(INPUTS, false);
    assertThat(network.decoder())
        .isEqualTo(shape.withKind(NetworkKind.VAE).network(INPUTS, false).decoder());
    Dense latent = (Dense) network.encoder().getLast();
    assertThat(latent.activation()).isEqualTo(new Activation.Linear());
    assertThat(latent.outputs()).isEqualTo(shape.latent().at(INPUTS));
  }

  @ParameterizedTest(name = "LSTM {0}, decoder {1}, latent {2}: {3} parameters")
  @CsvSource({"256, 256, 16, 505904", "128, 128, 8, 184736"})
  void theLstmOfImagesHasTheParametersOfItsPublication(
      int units, String layers, int latent, long parameters) {
    Shape shape = Preset.labelled("L1").recipe().shape();
    Recurrence recurrence = new Recurrence(List.of(units), Recurrence.Decoder.DENSE, 28);
    Shape changed =
        shape
            .withRecurrence(Optional.of(recurrence))
            .withWidths(Widths.parse(layers))
            .withLatent(Width.of(latent));
    assertThat(changed.network(784, false).parameters()).isEqualTo(parameters);
  }

  @Test
  void anLstmReadsTheEventsOfAWindowAndWritesThemWithTheSameLayersInReverse() {
    Shape shape = Preset.LSTM.recipe().shape();
    Recurrence stacked = new Recurrence(List.of(9, 7), Recurrence.Decoder.LSTM, 0);
    NetworkSpec network = shape.withRecurrence(Optional.of(stacked)).network(5 * INPUTS, 5, false);
    assertThat(network.encoder())
        .containsExactly(new Lstm(5, INPUTS, 9, true), new Lstm(5, 9, 7, false));
    assertThat(network.decoder())
        .containsExactly(
            new Repeat(5, 8),
            new Lstm(5, 8, 7, true),
            new Lstm(5, 7, 9, true),
            new StepDense(5, 9, INPUTS, new Activation.Linear(), Initializer.GLOROT_UNIFORM));
    assertThat(shape.network(5 * INPUTS, 5, true).outputLogVariance())
        .contains(
            new StepDense(5, 64, INPUTS, new Activation.Linear(), Initializer.GLOROT_UNIFORM));
  }

  @Test
  void anLstmWantsRowsThatItsStepsDivide() {
    Recipe windows = Preset.LSTM.recipe();
    assertThatThrownBy(() -> windows.network(INPUTS))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("give --steps for windows of events, or --row-steps");
    Recipe images = Preset.LSTM_IMAGES.recipe();
    assertThatThrownBy(() -> images.network(783))
        .hasMessage(
            "--row-steps 28: the rows have 783 network inputs, which so many steps cannot share"
                + " evenly: give a divisor of 783, or choose the features with --include");
    assertThatThrownBy(() -> images.network(784, 2))
        .hasMessageContaining("leave --steps out, or give --row-steps 0");
  }

  @Test
  void saysHowManyWidthsItTakes() {
    Shape shape = Preset.EXTENDED.recipe().shape();
    assertThatThrownBy(() -> shape.withWidths(Widths.parse("64,32")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "--layers 64,32: this preset takes three widths i,n,h: encoder i-n-n-n-h, decoder"
                + " h-n-n-n-i");
    assertThatThrownBy(() -> shape.withWidths(new Widths.Falling(2)))
        .hasMessageStartingWith("--depth 2: this preset takes three widths");
  }

  @Test
  void isKnownByItsNameAndItsModelId() {
    assertThat(Preset.labelled("ml4anomalies-extended")).isEqualTo(Preset.EXTENDED);
    assertThat(Preset.labelled("m1")).isEqualTo(Preset.EXTENDED);
    assertThat(Preset.labelled("M10")).isEqualTo(Preset.CLASSIFIER_LATENT);
    assertThat(Preset.labelled(Preset.DEFAULT)).isEqualTo(Preset.DENSE);
  }

  @Test
  void suggestsTheNearestName() {
    assertThatThrownBy(() -> Preset.labelled("ml4anomalis"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "Preset \"ml4anomalis\" is unknown: did you mean \"ml4anomalies\"? Presets: dense,"
                + " lstm-vae, ml4anomalies-extended, ml4anomalies, model3,");
  }

  private static Dense dense(int inputs, int outputs, Activation activation) {
    return new Dense(inputs, outputs, activation, Initializer.FAN_IN_UNIFORM);
  }

  private static Dense linear(int inputs, int outputs) {
    return new Dense(inputs, outputs, new Activation.Linear(), Initializer.GLOROT_UNIFORM);
  }
}
