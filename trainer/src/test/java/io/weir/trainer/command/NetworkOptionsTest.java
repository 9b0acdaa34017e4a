package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.NetworkKind;
import io.weir.trainer.config.Preset;
import io.weir.trainer.config.Recipe;
import io.weir.trainer.config.Schedule;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class NetworkOptionsTest {
  @ParameterizedTest
  @EnumSource(Preset.class)
  void aPresetAloneIsItsRecipe(Preset preset) {
    assertThat(recipe(null, "--preset", preset.label())).isEqualTo(preset.recipe());
  }

  @Test
  void withoutAPresetTheGeneralOneIsTaken() {
    assertThat(recipe(null)).isEqualTo(Preset.DENSE.recipe());
  }

  @Test
  void everySettingOfAPresetCanBeOverridden() {
    Recipe recipe =
        recipe(
            Scaling.ROBUST,
            "--preset=model3",
            "--kind=autoencoder",
            "--layers=9,5",
            "--latent=2",
            "--activation=tanh",
            "--output-activation=leaky_relu(0.1)",
            "--initializer=fan_in_uniform",
            "--loss=l1",
            "--reduction=sum",
            "--beta=0.5",
            "--kl-reduction=sum",
            "--epochs=7",
            "--batch=11",
            "--learning-rate=0.01");
    assertThat(recipe.shape().kind()).isEqualTo(NetworkKind.AUTOENCODER);
    assertThat(recipe.shape().layers()).containsExactly(9, 5);
    assertThat(recipe.shape().latent()).isEqualTo(2);
    assertThat(recipe.shape().activation()).isEqualTo(new Activation.Tanh());
    assertThat(recipe.shape().outputActivation()).isEqualTo(new Activation.LeakyRelu(0.1f));
    assertThat(recipe.shape().initializer()).isEqualTo(Initializer.FAN_IN_UNIFORM);
    assertThat(recipe.objective())
        .isEqualTo(new Objective(Reconstruction.L1, Reduction.SUM, 0.5, Reduction.SUM));
    assertThat(recipe.schedule()).isEqualTo(new Schedule(0.01, 11, 7));
    assertThat(recipe.scaling()).isEqualTo(Scaling.ROBUST);
  }

  @Test
  void binaryCrossEntropyBringsItsOutputAndScaling() {
    Recipe recipe = recipe(null, "--loss=bce");
    assertThat(recipe.shape().outputActivation()).isEqualTo(new Activation.Sigmoid());
    assertThat(recipe.scaling()).isEqualTo(Scaling.MIN_MAX);
  }

  @Test
  void binaryCrossEntropyRefusesWhatLeavesItsRange() {
    assertThatThrownBy(() -> recipe(null, "--loss=bce", "--output-activation=linear"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("leave --output-activation out, or give sigmoid");
    assertThatThrownBy(() -> recipe(Scaling.STANDARD, "--loss=bce"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("leave --scale out, or give min_max");
  }

  @Test
  void impossibleSettingsAreNamed() {
    assertThatThrownBy(() -> recipe(null, "--epochs=0")).hasMessageStartingWith("--epochs 0:");
    assertThatThrownBy(() -> recipe(null, "--batch=-1")).hasMessageStartingWith("--batch -1:");
    assertThatThrownBy(() -> recipe(null, "--latent=0")).hasMessageStartingWith("--latent 0:");
    assertThatThrownBy(() -> recipe(null, "--layers=8,0")).hasMessageStartingWith("--layers 8,0:");
    assertThatThrownBy(() -> recipe(null, "--beta=NaN")).hasMessageStartingWith("--beta NaN:");
    assertThatThrownBy(() -> recipe(null, "--learning-rate=0"))
        .hasMessageStartingWith("--learning-rate 0.0:");
    assertThatThrownBy(() -> recipe(null, "--activation=rellu"))
        .hasMessageStartingWith("Activation \"rellu\" is unknown: did you mean \"relu\"?");
  }

  private static Recipe recipe(Scaling scaling, String... args) {
    NetworkOptions options = new NetworkOptions();
    new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
    return options.recipe(scaling);
  }
}
