package io.weir.trainer.command;

import io.weir.trainer.config.NetworkKind;
import io.weir.trainer.config.Preset;
import io.weir.trainer.grid.Grid;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// The flags that span the grid of an experiment: each takes a list.
final class GridOptions {
  static final List<String> FLAGS = List.of("--preset", "--kind", "--depth", "--latent", "--beta");

  @Option(
      names = "--preset",
      paramLabel = "NAMES",
      split = ",",
      description = {
        "Recipes, by name or model ID, that every other setting starts from (default: "
            + Preset.DEFAULT
            + ").",
        "This flag and the next four span the grid: each may be a list, and every combination is"
            + " trained."
      })
  private List<String> presets = new ArrayList<>();

  @Option(
      names = "--kind",
      paramLabel = "KINDS",
      split = ",",
      description = "vae, autoencoder or both.")
  private List<NetworkKind> kinds = new ArrayList<>();

  @Option(
      names = "--depth",
      paramLabel = "N",
      split = ",",
      description =
          "Layers from the inputs to the latent, narrowing evenly; 1 has no hidden layer.")
  private List<Integer> depths = new ArrayList<>();

  @Option(names = "--latent", paramLabel = "N", split = ",", description = "Columns of the latent.")
  private List<String> latents = new ArrayList<>();

  @Option(
      names = "--beta",
      paramLabel = "B",
      split = ",",
      description =
          "Weights of the KL divergence; a plain autoencoder, which has none, is trained once.")
  private List<Double> betas = new ArrayList<>();

  /// The grid.
  Grid grid() {
    List<String> names = presets.isEmpty() ? List.of(Preset.DEFAULT) : presets;
    return new Grid(names.stream().map(Preset::labelled).toList(), kinds, depths, latents, betas);
  }
}
