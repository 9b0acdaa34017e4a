package io.weir.trainer.command;

import static io.weir.trainer.report.Table.Column.left;
import static io.weir.trainer.report.Table.Column.right;

import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.Preset;
import io.weir.trainer.publish.CardWriter;
import io.weir.trainer.report.ModelSummary;
import io.weir.trainer.report.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weir presets`: the recipes that `weir train --preset` knows.
@Command(
    name = "presets",
    customSynopsis = "weir presets [NAME] [OPTIONS]",
    description = {
      "Lists the recipes of weir train --preset, or tells all about one of them.",
      "Layers and parameters are those of the publication, unless --inputs says otherwise;",
      "of lstm-vae those of windows of 10 events."
    },
    footer = {
      "",
      "Examples:",
      "  weir presets",
      "  weir presets M8",
      "  weir presets dynamic-vae --inputs 30",
      "  weir presets --output json | jq -r '.[].name'"
    })
public final class PresetsCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "A preset's name or model ID: tells all about it.")
  private String name;

  @Option(
      names = "--inputs",
      paramLabel = "N",
      description = "Inputs of the network (default: as published).")
  private int inputs;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text (default) or json.")
  private OutputFormat output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (inputs < 0) {
      throw new ConfigException("--inputs %d: must be at least 1".formatted(inputs));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (name != null) {
      Preset preset = Preset.labelled(name);
      PresetFacts facts = PresetFacts.of(preset, inputs);
      switch (output) {
        case TEXT -> {
          out.println(facts.text());
          out.println();
          out.println(
              ModelSummary.of(
                  CardWriter.architecture(PresetFacts.network(preset, inputs), preset.label())));
        }
        case JSON -> out.println(JsonText.snakeCase(facts));
      }
      return 0;
    }
    List<PresetFacts> all = all(spec.commandLine().getErr());
    switch (output) {
      case TEXT -> print(all, out);
      case JSON -> out.println(JsonText.snakeCase(all));
    }
    return 0;
  }

  /// But for those that cannot have so many inputs, which are named.
  private List<PresetFacts> all(PrintWriter err) {
    List<PresetFacts> all = new ArrayList<>();
    for (Preset preset : Preset.values()) {
      try {
        all.add(PresetFacts.of(preset, inputs));
      } catch (ConfigException e) {
        err.println("weir: %s is left out: %s".formatted(preset.label(), e.getMessage()));
      }
    }
    return all;
  }

  private static void print(List<PresetFacts> all, PrintWriter out) {
    Table table =
        new Table(
            left("ID"),
            left("Preset"),
            left("Source"),
            left("Layers, (latent)"),
            right("Params"),
            left("Loss"));
    for (PresetFacts facts : all) {
      table.row(
          facts.ids().isEmpty() ? "" : facts.ids().getFirst(),
          facts.name(),
          facts.source(),
          facts.layers(),
          "%,d".formatted(facts.parameters()),
          facts.loss());
    }
    List<String> lines = table.lines();
    out.println(lines.get(0));
    out.println(lines.get(1));
    String family = "";
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).family().equals(family)) {
        family = all.get(i).family();
        out.println((i == 0 ? "" : System.lineSeparator()) + family);
      }
      out.println(lines.get(i + 2));
    }
    out.println();
    out.println(
        "weir presets NAME tells all about one, weir train --preset NAME trains it (default: %s)."
            .formatted(Preset.DEFAULT));
  }
}
