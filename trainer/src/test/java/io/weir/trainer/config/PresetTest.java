package io.weir.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.network.NetworkSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PresetTest {
  /// The published models have 14 inputs.
  private static final int INPUTS = 14;

  @ParameterizedTest(name = "{0}, layers {1}, latent {2}: {3} parameters")
  @CsvSource({
    "ml4anomalies-extended, 20/10/7,    3,  1697",
    "ml4anomalies-extended, 30/20/10,   5,  4414",
    "ml4anomalies-extended, 150/100/50, 7, 86278",
    "ml4anomalies-extended, 50/20/10,   5,  5814",
    "ml4anomalies-extended, 100/50/7,   3, 24097",
    "ml4anomalies-extended, 20/10/7,    7,  1789",
    "ml4anomalies,          28/7,       4,  1932",
    "ml4anomalies,          28/14,      7,  2464",
    "ml4anomalies,          28/14,      2,  2194",
    "ml4anomalies,          28/7,       6,  2014",
    "model3,                128/64/32,  2, 24728",
    "model3,                128/64/32,  3, 24832",
    "model3,                128/64/32,  4, 24938",
    "model3,                128/64/32,  5, 25046",
    "model3,                128/64/32,  7, 25268",
  })
  void hasTheParametersOfItsPublication(String label, String layers, int latent, long parameters) {
    Shape preset = Preset.labelled(label).recipe().shape();
    List<Integer> widths = Arrays.stream(layers.split("/")).map(Integer::valueOf).toList();
    assertThat(with(preset, widths, latent).network(INPUTS).parameters()).isEqualTo(parameters);
  }

  @ParameterizedTest
  @CsvSource({"ml4anomalies-extended, 1697", "ml4anomalies, 2464", "model3, 24938"})
  void hasTheWidthsOfItsPublicationByDefault(String label, long parameters) {
    NetworkSpec network = Preset.labelled(label).recipe().shape().network(INPUTS);
    assertThat(network.parameters()).isEqualTo(parameters);
  }

  @Test
  void theExtendedModelEndsInLeakyReluAndStartsFromGlorot() {
    NetworkSpec network = Preset.ML4ANOMALIES_EXTENDED.recipe().shape().network(INPUTS);
    assertThat(network.encoder()).extracting("outputs").containsExactly(20, 10, 10, 10, 7);
    assertThat(network.decoder()).extracting("outputs").containsExactly(7, 10, 10, 10, 20, 14);
    assertThat(network.output().activation()).isEqualTo(new Activation.LeakyRelu(0.3f));
    assertThat(network.layers())
        .allSatisfy(
            l -> assertThat(((Dense) l).initializer()).isEqualTo(Initializer.GLOROT_UNIFORM));
  }

  @Test
  void model3EndsLinearAndStartsFromHeEverywhere() {
    NetworkSpec.Vae network = (NetworkSpec.Vae) Preset.MODEL3.recipe().shape().network(INPUTS);
    assertThat(network.decoder()).extracting("outputs").containsExactly(4, 32, 64, 128, 14);
    assertThat(network.output().activation()).isEqualTo(new Activation.Linear());
    assertThat(network.mean().activation()).isEqualTo(new Activation.Linear());
    assertThat(network.layers())
        .allSatisfy(l -> assertThat(((Dense) l).initializer()).isEqualTo(Initializer.HE_NORMAL));
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void anAutoencoderHasTheSameLayersWithOneLinearLatent(Preset preset) {
    Shape vae = preset.recipe().shape();
    Shape autoencoder =
        new Shape(
            NetworkKind.AUTOENCODER,
            vae.layout(),
            vae.layers(),
            vae.latent(),
            vae.activation(),
            vae.outputActivation(),
            vae.initializer());
    NetworkSpec network = autoencoder.network(INPUTS);
    assertThat(network.decoder()).isEqualTo(vae.network(INPUTS).decoder());
    assertThat(((Dense) network.encoder().getLast()).activation())
        .isEqualTo(new Activation.Linear());
    assertThat(network.encoder().getLast().outputs()).isEqualTo(vae.latent());
  }

  @Test
  void saysHowManyWidthsItTakes() {
    Shape preset = Preset.ML4ANOMALIES_EXTENDED.recipe().shape();
    assertThatThrownBy(() -> with(preset, List.of(64, 32), 3))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "--layers 64,32: this preset takes three widths i,n,h: encoder i-n-n-n-h, decoder"
                + " h-n-n-n-i");
  }

  @Test
  void suggestsTheNearestName() {
    assertThatThrownBy(() -> Preset.labelled("ml4anomalis"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Preset \"ml4anomalis\" is unknown: did you mean \"ml4anomalies\"? Presets: dense,"
                + " ml4anomalies-extended, ml4anomalies, model3");
  }

  private static Shape with(Shape shape, List<Integer> layers, int latent) {
    return new Shape(
        shape.kind(),
        shape.layout(),
        layers,
        latent,
        shape.activation(),
        shape.outputActivation(),
        shape.initializer());
  }
}
