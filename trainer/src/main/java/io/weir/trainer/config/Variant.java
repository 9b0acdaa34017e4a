package io.weir.trainer.config;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A preset and the changes to it that experiments compare. A field is null where the preset
/// decides.
///
/// @param preset never null
/// @param kind never null
/// @param depth layers from the inputs to the latent, narrowing evenly
/// @param latent columns of the latent, or their share of the inputs, such as `o/2`
/// @param beta weight of the KL divergence; nothing to plain autoencoders, which have none
public record Variant(Preset preset, NetworkKind kind, Integer depth, String latent, Double beta) {
  public Variant {
    Objects.requireNonNull(preset, "preset");
    Objects.requireNonNull(kind, "kind");
  }

  /// The kind as commands and files write it.
  public String kindName() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /// For messages, such as `dynamic-vae, vae, depth 2, latent 5, beta 1.5`.
  @Override
  public String toString() {
    return Stream.of(
            preset.label(),
            kindName(),
            depth == null ? null : "depth " + depth,
            latent == null ? null : "latent " + latent,
            beta == null ? null : "beta " + beta)
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }
}
