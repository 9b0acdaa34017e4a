package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a setting comes from: a flag, else the YAML file, else the preset.
class SettingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private Path config;
  private Path model;

  @BeforeEach
  void writeConfig() throws IOException {
    Path payments = Payments.write(directory.resolve("payments.csv"));
    model = directory.resolve("m.onnx");
    config =
        Files.writeString(
            directory.resolve("train.yaml"),
            """
            data: %s
            label: fraud
            exclude: [id, currency, shop]
            log10: [amount]
            scale: {distance: robust}
            preset: ml4anomalies-extended
            epochs: 2
            layers: [9, 6, 5]
            latent: 2
            out: %s
            output: json
            """
                .formatted(payments, model));
  }

  @Test
  void theFileOverridesThePreset() throws IOException {
    JsonNode result = train();
    assertThat(result.path("epochs").asInt()).isEqualTo(2);
    assertThat(result.path("features").asInt()).isEqualTo(4);
    JsonNode card = card();
    assertThat(card.at("/architecture/preset").asText()).isEqualTo("ml4anomalies-extended");
    assertThat(card.at("/architecture/latent").asInt()).isEqualTo(2);
    assertThat(card.at("/architecture/layers/0/outputs").asInt()).isEqualTo(9);
    assertThat(card.at("/training/learningRate").asDouble()).isEqualTo(5e-4);
    assertThat(card.at("/training/beta").asDouble()).isEqualTo(1e-6);
    assertThat(card.at("/preprocessing/0/transform").asText()).isEqualTo("LOG10");
    assertThat(card.at("/preprocessing/0/scaling").asText()).isEqualTo("MIN_MAX");
    assertThat(card.at("/preprocessing/2/scaling").asText()).isEqualTo("ROBUST");
  }

  @Test
  void aFlagOverridesTheFile() throws IOException {
    JsonNode result = train("--epochs", 3, "--layers", "8,7,6", "--exclude", "id,items");
    assertThat(result.path("epochs").asInt()).isEqualTo(3);
    JsonNode card = card();
    assertThat(card.at("/architecture/layers/0/outputs").asInt()).isEqualTo(8);
    assertThat(card.at("/features").findValuesAsText("name"))
        .containsExactly("amount", "distance", "night", "shop");
  }

  @Test
  void onlyNormalRowsTrainUnlessAllAreAskedFor() throws IOException {
    assertThat(train().path("rows").asInt()).isEqualTo(Payments.NORMAL);
    assertThat(train("--all-rows").path("rows").asInt())
        .isEqualTo(Payments.NORMAL + Payments.ANOMALIES);
    Files.writeString(config, Files.readString(config) + "all-rows: true\n");
    assertThat(train("--all-rows").path("rows").asInt())
        .isEqualTo(Payments.NORMAL + Payments.ANOMALIES);
    assertThat(train("--all-rows=false").path("rows").asInt()).isEqualTo(Payments.NORMAL);
  }

  @Test
  void theCardTellsWhichRowsTrained() throws IOException {
    train("--where", "distance > 0", "--split", 0.5, "--split-seed", 3);
    JsonNode source = card().at("/data/0");
    assertThat(source.path("filter").asText())
        .isEqualTo("distance > 0; fraud normal; train part of split 0.5, seed 3");
    assertThat(source.path("rows").asInt()).isBetween(1, Payments.NORMAL / 2);
    assertThat(source.path("sha256").asText()).hasSize(64);
  }

  @Test
  void aSettingOfTheWrongKindInTheFileIsNamed() throws IOException {
    Files.writeString(config, "data: payments.csv\nepochs: many\n");
    Cli run = Cli.weir("train", "--config", config);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--epochs").contains("'many' is not an int");
  }

  private JsonNode train(Object... flags) throws IOException {
    List<Object> args = new ArrayList<>(List.of("train", "--config", config));
    args.addAll(List.of(flags));
    Cli run = Cli.weir(args.toArray());
    assertThat(run.exit()).describedAs(run.err()).isZero();
    return JSON.readTree(run.out());
  }

  private JsonNode card() throws IOException {
    Cli run = Cli.weir("inspect", "--model", model, "--output", "json");
    return JSON.readTree(run.out()).path("card");
  }
}
