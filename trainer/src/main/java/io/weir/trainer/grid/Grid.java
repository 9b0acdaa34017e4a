package io.weir.trainer.grid;

import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.NetworkKind;
import io.weir.trainer.config.Preset;
import io.weir.trainer.config.Variant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/// The values that each setting takes in an experiment. An empty list leaves the setting to the
/// preset.
///
/// @param presets at least one
public record Grid(
    List<Preset> presets,
    List<NetworkKind> kinds,
    List<Integer> depths,
    List<String> latents,
    List<Double> betas) {
  /// @throws ConfigException where a value comes twice
  public Grid {
    presets = once("--preset", presets);
    kinds = once("--kind", kinds);
    depths = once("--depth", depths);
    latents = once("--latent", latents);
    betas = once("--beta", betas);
    if (presets.isEmpty()) {
      throw new IllegalArgumentException("A grid without a preset");
    }
  }

  /// Every combination, the last setting varying fastest. A plain autoencoder has no beta: it comes
  /// once for all of them.
  public List<Variant> variants() {
    List<Variant> variants = new ArrayList<>();
    for (Preset preset : presets) {
      for (NetworkKind kind : kinds.isEmpty() ? List.of(preset.recipe().shape().kind()) : kinds) {
        for (Integer depth : orUnset(depths)) {
          for (String latent : orUnset(latents)) {
            for (Double beta : betas(kind)) {
              variants.add(new Variant(preset, kind, depth, latent, beta));
            }
          }
        }
      }
    }
    return variants;
  }

  private List<Double> betas(NetworkKind kind) {
    return switch (kind) {
      case VAE -> orUnset(betas);
      case AUTOENCODER -> orUnset(List.of());
    };
  }

  private static <T> List<T> orUnset(List<T> values) {
    return values.isEmpty() ? Arrays.asList((T) null) : values;
  }

  private static <T> List<T> once(String flag, List<T> values) {
    if (new HashSet<>(values).size() < values.size()) {
      throw new ConfigException(
          "%s %s: every value may come once"
              .formatted(flag, String.join(",", values.stream().map(String::valueOf).toList())));
    }
    return List.copyOf(values);
  }
}
