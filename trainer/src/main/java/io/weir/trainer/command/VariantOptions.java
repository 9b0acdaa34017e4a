package io.weir.trainer.command;

import io.weir.trainer.config.NetworkKind;
import io.weir.trainer.config.Preset;
import io.weir.trainer.config.Variant;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/// The flags that choose a preset and change what experiments compare. A field is null where its
/// flag is not given.
final class VariantOptions {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = {
        "The recipe that every other setting starts from, by name or model ID: weir presets lists"
            + " them (default: "
            + Preset.DEFAULT
            + ").",
        "What the flags below do not say is as the preset has it."
      })
  private String preset;

  @Option(names = "--kind", paramLabel = "KIND", description = "vae or autoencoder.")
  private NetworkKind kind;

  @Option(
      names = "--depth",
      paramLabel = "N",
      description =
          "Instead of --layers: N layers from the inputs to the latent, narrowing evenly; 1 has no"
              + " hidden layer.")
  private Integer depth;

  @Option(names = "--latent", paramLabel = "N", description = "Columns of the latent.")
  private String latent;

  @Option(
      names = "--beta",
      paramLabel = "B",
      description = "Weight of the KL divergence, in the loss and so in the score.")
  private Double beta;

  /// The preset that everything starts from.
  Preset preset() {
    return Preset.labelled(preset == null ? Preset.DEFAULT : preset);
  }

  /// What only a new network can follow: flags and their values, null where not given.
  Map<String, Object> ofNewNetworks() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("--preset", preset);
    given.put("--kind", kind);
    given.put("--depth", depth);
    given.put("--latent", latent);
    return given;
  }

  /// Null where it was not given.
  Double beta() {
    return beta;
  }

  Variant variant() {
    NetworkKind presetKind = preset().recipe().shape().kind();
    return new Variant(preset(), kind == null ? presetKind : kind, depth, latent, beta);
  }
}
