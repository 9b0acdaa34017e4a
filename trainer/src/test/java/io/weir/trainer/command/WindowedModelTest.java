package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.trainer.engine.network.Inference;
import io.weir.trainer.fit.loss.RowLosses;
import io.weir.trainer.publish.PublishedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A dense network over windows, from the training to every command that reads its model.
class WindowedModelTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STEPS = 5;
  private static final int MINUTES = 400;
  private static final int TESTED = 240;

  @TempDir static Path directory;
  private static Path normal;
  private static Path stopping;
  private static Path model;
  private static Cli training;

  @BeforeAll
  static void train() {
    normal = Machines.write(directory.resolve("normal.csv"), MINUTES, false);
    stopping = Machines.write(directory.resolve("stopping.csv"), TESTED, true);
    model = directory.resolve("machines.onnx");
    training = train(model, 30, "--steps=" + STEPS, "--max-gap=90s");
    assertThat(training.exit()).describedAs(training.err()).isZero();
  }

  @Test
  void trainingTellsHowManyWindowsThereAreAndWhichAreHeldOut() throws IOException {
    int windows = Machines.COUNT * (MINUTES - STEPS + 1);
    int held = (int) Math.ceil(0.1 * windows);
    int shared = Machines.COUNT * (STEPS - 1);
    assertThat(training.err())
        .contains("1,200 rows of ")
        .contains("%,d windows of 5 events, of 3 keys".formatted(windows))
        .contains("12 of 1,200 rows are no window's last event: fewer than 4 events")
        .contains(
            "Training on %,d of them, %d are held out".formatted(windows - held - shared, held))
        .contains("12 share events with those that are held out, and are left out");
    assertThat(JSON.readTree(training.out()).path("rows").asInt()).isEqualTo(windows);
  }

  @Test
  void theCardKnowsTheWindow() throws IOException {
    JsonNode card = card(model);
    assertThat(card.at("/window/steps").asInt()).isEqualTo(STEPS);
    assertThat(card.at("/window/maxGapMillis").asLong()).isEqualTo(90_000);
    assertThat(card.at("/window/padded").asBoolean()).isFalse();
    assertThat(card.at("/window/key").asText()).isEqualTo("machine");
    assertThat(card.at("/window/time").asText()).isEqualTo("at");
    assertThat(card.at("/architecture/inputs").asInt()).isEqualTo(2 * STEPS);
    assertThat(card.at("/data/0/rows").asInt()).isEqualTo(Machines.COUNT * MINUTES);
    assertThat(Cli.weir("inspect", "--model", model).out())
        .contains("Row: the last 5 events of the same machine, none more than PT1M30S after");
  }

  @Test
  void windowsSeeWhatNoSingleEventShows() throws IOException {
    Path single = directory.resolve("single.onnx");
    assertThat(train(single, 30).exit()).isZero();
    assertThat(evaluated(single, stopping).path("auroc").asDouble()).isBetween(0.3, 0.7);
    JsonNode windows = evaluated(model, stopping);
    assertThat(windows.path("auroc").asDouble()).isGreaterThan(0.9);
    assertThat(windows.path("rows").asInt()).isEqualTo(Machines.COUNT * (TESTED - STEPS + 1));
    assertThat(windows.path("without_window").asInt()).isEqualTo(Machines.COUNT * (STEPS - 1));
    assertThat(windows.path("best_f1").asDouble())
        .isGreaterThan(0.8)
        .isGreaterThanOrEqualTo(windows.path("f1").asDouble());
    assertThat(Cli.weir("evaluate", "--model", model, "--data", stopping, "--label=stopped").out())
        .contains("Best F1    0.");
  }

  @Test
  void everyRowWithEnoughBeforeItIsScoredAsTheEngineScoresItsWindow() throws Exception {
    Cli run = Cli.weir("score", "--model", model, "--data", stopping);
    assertThat(run.err())
        .contains("12 of 720 rows get no line: fewer than 4 events of their key came directly");
    List<String> rows = Files.readAllLines(stopping);
    List<String> lines = run.out().lines().skip(1).toList();
    PublishedModel read = PublishedModel.read(model);
    Inference inference = new Inference(read.network(), read.parameters());
    assertThat(lines).hasSize(Machines.COUNT * (TESTED - STEPS + 1));
    for (int i = 0; i < lines.size(); i++) {
      String[] line = lines.get(i).split(",");
      int row = Integer.parseInt(line[0]);
      assertThat(row).isEqualTo(Machines.COUNT * (STEPS - 1) + i);
      float[] inputs = new float[2 * STEPS];
      for (int step = 0; step < STEPS; step++) {
        // The machines report in turn.
        int event = row - Machines.COUNT * (STEPS - 1 - step);
        String[] cells = rows.get(1 + event).split(",");
        float[] raw = {Float.parseFloat(cells[3]), Float.parseFloat(cells[4])};
        read.preprocessor().encode(raw, 0, inputs, 2 * step);
      }
      RowLosses losses = RowLosses.of(read.objective(), inputs, inference.run(inputs));
      double score = losses.score(0, read.card().scoring().klWeight());
      assertThat(Double.parseDouble(line[1])).isCloseTo(score, within(1e-4 * Math.abs(score)));
    }
  }

  @Test
  void threadsChangeNoBitAndNeitherDoesTheFileThatRowsWaitIn() throws IOException {
    byte[] memory = published("a", "--threads=1");
    assertThat(published("b", "--threads=3")).isEqualTo(memory);
    byte[] file = published("c", "--threads=1", "--memory=0", "--temp=" + directory);
    assertThat(published("d", "--threads=3", "--memory=0", "--temp=" + directory)).isEqualTo(file);
  }

  @Test
  void paddedModelsScoreEveryRow() throws IOException {
    Path padded = directory.resolve("padded.onnx");
    Cli run = train(padded, 2, "--steps=5", "--warm-up=padded");
    assertThat(run.exit()).describedAs(run.err()).isZero();
    assertThat(run.err()).contains("1,200 windows of 5 events").doesNotContain("no window's");
    Cli scored = Cli.weir("score", "--model", padded, "--data", stopping);
    assertThat(scored.out().lines()).hasSize(1 + Machines.COUNT * TESTED);
    assertThat(evaluated(padded, stopping).path("without_window").asInt()).isZero();
  }

  @Test
  void anomaliesAreInNoTrainingWindowUnlessAllRowsTrain() {
    Path file = directory.resolve("labelled.onnx");
    // Of 240 minutes, 4 x 50 run, in pieces of 50: 46 windows each.
    assertThat(trainOn(stopping, file, 1, "--steps=5", "--label=stopped").err())
        .contains("600 rows of ")
        .contains("552 windows of 5 events");
    assertThat(trainOn(stopping, file, 1, "--steps=5", "--label=stopped", "--all-rows").err())
        .contains("708 windows of 5 events");
  }

  @Test
  void excludedTimesTrainNeitherAsWindowsNorAsEvents() throws IOException {
    Path file = directory.resolve("excluded.onnx");
    String hours =
        "--exclude-time=2026-03-01T01:00..2026-03-01T02:00,2026-03-01T05:00Z..2026-03-02";
    // 60 minutes, and 180 minutes.
    Cli windows = train(file, 1, "--steps=5", hours);
    assertThat(windows.err())
        .contains("720 rows of ")
        .contains("%d windows of 5 events".formatted(3 * (60 - 4 + 180 - 4)));
    assertThat(card(file).at("/data/0/filter").asText())
        .isEqualTo("at not in 2026-03-01T01:00..2026-03-01T02:00, 2026-03-01T05:00Z..2026-03-02");
    assertThat(train(file, 1, hours).err())
        .contains("720 rows of ")
        .contains("Training on 648 of them");
  }

  @Test
  void timesMayBeNumbersInAUnitOfTheirOwn() throws IOException {
    Path file = directory.resolve("minutes.onnx");
    Cli run = minutes(file, "--max-gap=1", "--exclude-time=100..110");
    assertThat(run.exit()).describedAs(run.err()).isZero();
    assertThat(run.err()).contains("1,170 rows").contains("1,146 windows");
    assertThat(card(file).at("/window/maxGap").asDouble()).isEqualTo(1);
    assertThat(card(file).at("/window/maxGapMillis").isNull()).isTrue();
    assertThat(evaluated(file, stopping).path("rows").asInt()).isEqualTo(708);
    Cli duration = minutes(file, "--max-gap=30s");
    assertThat(duration.exit()).isEqualTo(1);
    assertThat(duration.err())
        .contains("PT30S, but the time column 'minute' holds numbers")
        .contains("give --max-gap as a number in that unit");
    assertThat(minutes(file, "--exclude-time=2026-03-01..2026-03-02").err())
        .contains("the time column 'minute' holds numbers, '2026-03-01' is none");
  }

  @Test
  void lateRowsAreToldAndStayWhereTheyCame() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(stopping));
    String moved = lines.remove(100);
    lines.add(130, moved);
    Path late = Files.write(directory.resolve("late.csv"), lines);
    Cli run = Cli.weir("score", "--model", model, "--data", late);
    // The gap that it leaves is two minutes: the machine's window starts anew there.
    assertThat(run.err())
        .contains("1 rows came late, after a newer one of their key")
        .contains("16 of 720 rows get no line");
  }

  @Test
  void columnsMayHaveOtherNamesWhereRowsAreScored() throws IOException {
    Path renamed = directory.resolve("renamed.csv");
    Files.writeString(
        renamed, Files.readString(stopping).replaceFirst("machine,at", "device,moment"));
    Cli missing = Cli.weir("score", "--model", model, "--data", renamed);
    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.err())
        .contains(
            "the key column 'machine' does not exist. If it is named differently here, name it with"
                + " --key")
        .contains("the time column 'at' does not exist")
        .contains("with --time");
    Cli run =
        Cli.weir("score", "--model", model, "--data", renamed, "--key=device", "--time=moment");
    assertThat(run.out()).isEqualTo(Cli.weir("score", "--model", model, "--data", stopping).out());
  }

  @Test
  void trainingGoesOnWithTheSameWindow() throws IOException {
    Path further = directory.resolve("further.onnx");
    Cli run =
        Cli.weir(
            "train",
            "--from",
            model,
            "--data",
            normal,
            "--epochs=1",
            "--stride=2",
            "--out",
            further);
    assertThat(run.exit()).describedAs(run.err()).isZero();
    assertThat(run.err()).contains("594 windows of 5 events, of 3 keys");
    assertThat(card(further).at("/window")).isEqualTo(card(model).at("/window"));
    assertThat(card(further).at("/training/from/name").asText()).isEqualTo("machines");
    Cli refused = Cli.weir("train", "--from", model, "--data", normal, "--steps=7", "--max-gap=1h");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("leave --steps, --max-gap out");
  }

  private static Cli minutes(Path file, String... flags) {
    List<Object> args = new ArrayList<>(List.of("train", "--data=" + normal, "--key=machine"));
    args.addAll(List.of("--time=minute", "--include=x,y", "--steps=5", "--epochs=1"));
    args.addAll(List.of(flags));
    args.add("--out=" + file);
    return Cli.weir(args.toArray());
  }

  private static byte[] published(String to, String... flags) throws IOException {
    Path file = directory.resolve(to).resolve("machines.onnx");
    Files.createDirectories(file.getParent());
    List<String> all = new ArrayList<>(List.of(flags));
    all.addAll(List.of("--steps=4", "--max-gap=1m", "--created=2026-01-01T00:00:00Z"));
    Cli run = train(file, 3, all.toArray(String[]::new));
    assertThat(run.exit()).describedAs(run.err()).isZero();
    return Files.readAllBytes(file);
  }

  private static Cli train(Path file, int epochs, String... flags) {
    return trainOn(normal, file, epochs, flags);
  }

  private static Cli trainOn(Path data, Path file, int epochs, String... flags) {
    List<Object> args = new ArrayList<>(List.of("train", "--data=" + data, "--include=x,y"));
    args.addAll(List.of("--key=machine", "--time=at", "--layers=16", "--latent=2"));
    args.addAll(List.of("--learning-rate=5e-3", "--batch=32", "--epochs=" + epochs));
    args.addAll(List.of("--out=" + file, "--output=json"));
    args.addAll(List.of(flags));
    return Cli.weir(args.toArray());
  }

  private static JsonNode evaluated(Path model, Path data) throws IOException {
    Cli run =
        Cli.weir("evaluate", "--model", model, "--data", data, "--label=stopped", "--output=json");
    assertThat(run.exit()).describedAs(run.err()).isZero();
    return JSON.readTree(run.out());
  }

  private static JsonNode card(Path file) throws IOException {
    return JSON.readTree(Cli.weir("inspect", "--model", file, "--output", "json").out())
        .path("card");
  }
}
