package io.weir.trainer.grid;

import static io.weir.trainer.config.NetworkKind.AUTOENCODER;
import static io.weir.trainer.config.NetworkKind.VAE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.Preset;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest {
  @Test
  void everyCombinationComesOnceTheLastSettingVaryingFastest() {
    Grid grid =
        new Grid(
            List.of(Preset.DYNAMIC_VAE),
            List.of(),
            List.of(1, 2),
            List.of("2", "5"),
            List.of(0.5, 1.0));
    assertThat(grid.variants())
        .map(Object::toString)
        .containsExactly(
            "dynamic-vae, vae, depth 1, latent 2, beta 0.5",
            "dynamic-vae, vae, depth 1, latent 2, beta 1.0",
            "dynamic-vae, vae, depth 1, latent 5, beta 0.5",
            "dynamic-vae, vae, depth 1, latent 5, beta 1.0",
            "dynamic-vae, vae, depth 2, latent 2, beta 0.5",
            "dynamic-vae, vae, depth 2, latent 2, beta 1.0",
            "dynamic-vae, vae, depth 2, latent 5, beta 0.5",
            "dynamic-vae, vae, depth 2, latent 5, beta 1.0");
  }

  @Test
  void aPlainAutoencoderIsTrainedOnceForAllBetas() {
    Grid grid =
        new Grid(
            List.of(Preset.DENSE),
            List.of(AUTOENCODER, VAE),
            List.of(),
            List.of(),
            List.of(0.1, 1.0));
    assertThat(grid.variants())
        .map(Object::toString)
        .containsExactly("dense, autoencoder", "dense, vae, beta 0.1", "dense, vae, beta 1.0");
  }

  @Test
  void withoutAKindEachPresetHasItsOwn() {
    Grid grid =
        new Grid(
            List.of(Preset.DYNAMIC_AUTOENCODER, Preset.DYNAMIC_VAE),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    assertThat(grid.variants())
        .map(Object::toString)
        .containsExactly("dynamic-autoencoder, autoencoder", "dynamic-vae, vae");
  }

  @Test
  void aValueThatComesTwiceIsRefused() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                new Grid(List.of(Preset.DENSE), List.of(), List.of(2, 3, 2), List.of(), List.of()))
        .withMessage("--depth 2,3,2: every value may come once");
  }
}
