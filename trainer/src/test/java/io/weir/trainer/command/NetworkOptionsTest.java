package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.Head;
import io.weir.trainer.config.NetworkKind;
import io.weir.trainer.config.Preset;
import io.weir.trainer.config.Recipe;
import io.weir.trainer.config.Recurrence;
import io.weir.trainer.config.Schedule;
import io.weir.trainer.config.Selection;
import io.weir.trainer.config.Shape;
import io.weir.trainer.config.Width;
import io.weir.trainer.config.Widths;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import io.weir.trainer.engine.network.Prior;
import io.weir.trainer.fit.Criterion;
import io.weir.trainer.fit.EarlyStopping;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Objective.Classification;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

class NetworkOptionsTest {
  @ParameterizedTest
  @EnumSource(Preset.class)
  void aPresetAloneIsItsRecipe(Preset preset) {
    assertThat(recipe(null, "--preset", preset.label())).isEqualTo(preset.recipe());
  }

  @Test
  void anyPresetCanGetLstms() {
    assertThat(recipe(null, "--lstm=64,32", "--row-steps=4").shape().recurrence())
        .contains(new Recurrence(List.of(64, 32), Recurrence.Decoder.DENSE, 4));
    assertThat(recipe(null, "--preset=L1", "--decoder=lstm", "--row-steps=14").shape().recurrence())
        .contains(new Recurrence(List.of(256), Recurrence.Decoder.LSTM, 14));
    assertThat(recipe(null, "--preset=lstm-vae", "--lstm=16").shape().recurrence())
        .contains(new Recurrence(List.of(16), Recurrence.Decoder.LSTM, 0));
  }

  @Test
  void whatLstmsTakeIsRefusedWithoutThem() {
    assertThatThrownBy(() -> recipe(null, "--decoder=lstm"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "--decoder lstm is for networks with LSTMs: give --lstm UNITS, or a preset that has"
                + " one, such as lstm-vae");
    assertThatThrownBy(() -> recipe(null, "--row-steps=7"))
        .hasMessageStartingWith("--row-steps 7 is for networks with LSTMs");
    assertThatThrownBy(() -> recipe(null, "--lstm=0"))
        .hasMessage("--lstm [0]: every width must be at least 1");
    assertThatThrownBy(() -> recipe(null, "--preset=L1", "--row-steps=-1"))
        .hasMessageStartingWith("--row-steps -1: at least 1 step is needed");
    assertThatThrownBy(() -> recipe(null, "--preset=L1", "--depth=2"))
        .hasMessageStartingWith("--depth 2: this preset takes any number of widths");
  }

  @Test
  void withoutAPresetTheGeneralOneIsTaken() {
    assertThat(recipe(null)).isEqualTo(Preset.labelled(Preset.DEFAULT).recipe());
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
            "--learning-rate=0.01",
            "--epsilon=1e-6",
            "--patience=3",
            "--decode-mean",
            "--batch-norm",
            "--dropout=0.1");
    assertThat(recipe.shape().kind()).isEqualTo(NetworkKind.AUTOENCODER);
    assertThat(recipe.shape().widths()).isEqualTo(Widths.parse("9,5"));
    assertThat(recipe.shape().latent()).isEqualTo(Width.of(2));
    assertThat(recipe.shape().hidden())
        .isEqualTo(new Shape.Hidden(0.1, true, new Activation.Tanh()));
    assertThat(recipe.shape().outputActivation()).isEqualTo(new Activation.LeakyRelu(0.1f));
    assertThat(recipe.shape().initializer()).isEqualTo(Initializer.FAN_IN_UNIFORM);
    assertThat(recipe.objective())
        .isEqualTo(new Objective(Reconstruction.L1, Reduction.SUM, 0.5, Reduction.SUM));
    assertThat(recipe.schedule())
        .isEqualTo(
            new Schedule(
                new Adam(0.01, 0.9, 0.999, 1e-6),
                11,
                7,
                new Selection(Criterion.LOSS, Optional.of(new EarlyStopping(3, 0)), true)));
    assertThat(recipe.scaling()).isEqualTo(Scaling.ROBUST);
  }

  @Test
  void everyTermOfTheLossCanBeOverridden() {
    Objective objective =
        recipe(
                null,
                "--learned-variance",
                "--reconstruction-weight=2",
                "--kl-weighted",
                "--prior-mean=1,2",
                "--prior-deviation=0.5",
                "--samples=3",
                "--latent=2")
            .objective();
    assertThat(objective.reconstruction()).isEqualTo(Reconstruction.GAUSSIAN);
    assertThat(objective.reconstructionWeight()).isEqualTo(2);
    assertThat(objective.klWeighted()).isTrue();
    assertThat(objective.prior()).isEqualTo(new Prior(List.of(1.0, 2.0), List.of(0.5)));
    assertThat(objective.samples()).isEqualTo(3);
  }

  @Test
  void learnedVarianceAddsAHeadToAnyVae() {
    assertThat(recipe(null, "--learned-variance").network(10).outputLogVariance()).isPresent();
    assertThat(recipe(null, "--loss=gaussian").network(10).outputLogVariance()).isPresent();
    assertThat(recipe(null).network(10).outputLogVariance()).isEmpty();
    assertThatThrownBy(() -> recipe(null, "--learned-variance", "--loss=l1"))
        .hasMessageContaining("contradict each other");
    assertThatThrownBy(() -> recipe(null, "--learned-variance", "--kind=autoencoder"))
        .hasMessageContaining("--kind vae");
  }

  @Test
  void aClassifierCanBePutOnAnyVaeAndChanged() {
    Recipe recipe =
        recipe(
            null,
            "--classifier-input=losses",
            "--classifier-layers=6,4",
            "--classifier-activation=tanh",
            "--head-activation=hard_sigmoid",
            "--classifier-weight=5",
            "--detach",
            "--two-streams",
            "--criterion=auc");
    assertThat(recipe.shape().head())
        .contains(
            new Head(
                Classifier.Input.LOSSES,
                List.of(6, 4),
                new Activation.Tanh(),
                new Activation.HardSigmoid(),
                true));
    assertThat(recipe.objective().classification()).contains(new Classification(5, true));
    assertThat(recipe.supervised()).isTrue();
    assertThat(recipe.schedule().selection().criterion()).isEqualTo(Criterion.AUC);
  }

  @Test
  void withoutAClassifierItsFlagsAreRefused() {
    assertThatThrownBy(() -> recipe(null, "--detach"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("give --classifier-input");
    assertThatThrownBy(() -> recipe(null, "--criterion=auc"))
        .hasMessageStartingWith("--criterion auc needs a classifier");
    assertThatThrownBy(() -> recipe(null, "--preset=M10B", "--kind=autoencoder"))
        .hasMessageContaining("A classifier stands on a vae");
    assertThatThrownBy(() -> recipe(null, "--preset=M10B", "--head-activation=relu"))
        .hasMessageStartingWith("--head-activation:");
  }

  @Test
  void theDepthNarrowsEvenlyInAnyMirroredPreset() {
    assertThat(recipe(null, "--depth=3", "--latent=2", "--dropout=0").network(14).encoder())
        .extracting("outputs")
        .containsExactly(10, 6);
    assertThatThrownBy(() -> recipe(null, "--depth=3", "--layers=4"))
        .hasMessageContaining("exclude each other");
    assertThatThrownBy(() -> recipe(null, "--preset=M1", "--depth=3"))
        .hasMessageStartingWith("--depth 3: this preset takes three widths");
  }

  @Test
  void widthsMayBeSharesOfTheInputs() {
    assertThat(recipe(null, "--layers=2o,o/2", "--latent=2", "--dropout=0").network(14).encoder())
        .extracting("outputs")
        .containsExactly(28, 7);
    assertThatThrownBy(() -> recipe(null, "--layers=2x"))
        .hasMessageStartingWith("--layers 2x: Width \"2x\":");
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
    assertThatThrownBy(() -> recipe(null, "--samples=0")).hasMessageStartingWith("--samples 0:");
    assertThatThrownBy(() -> recipe(null, "--dropout=1")).hasMessageStartingWith("--dropout 1.0:");
    assertThatThrownBy(() -> recipe(null, "--depth=0")).hasMessageStartingWith("--depth 0:");
    assertThatThrownBy(() -> recipe(null, "--prior-deviation=0"))
        .hasMessageStartingWith("--prior-mean, --prior-deviation:");
    assertThatThrownBy(() -> recipe(null, "--learning-rate=0"))
        .hasMessageStartingWith("--learning-rate 0.0:");
    assertThatThrownBy(() -> recipe(null, "--activation=rellu"))
        .hasMessageStartingWith("Activation \"rellu\" is unknown: did you mean \"relu\"?");
  }

  private static Recipe recipe(Scaling scaling, String... args) {
    Flags flags = new Flags();
    new CommandLine(flags).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
    return flags.network.recipe(flags.variant.variant(), scaling);
  }

  private static final class Flags {
    @Mixin private final VariantOptions variant = new VariantOptions();
    @Mixin private final NetworkOptions network = new NetworkOptions();
  }
}
