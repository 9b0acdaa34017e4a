package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.trainer.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C is SIGINT, which only a process of its own can be sent.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no kill -INT")
@Timeout(60)
class InterruptTest {
  private static final String READY = "ready";

  @TempDir Path directory;

  @Test
  void ctrlCStopsTheTrainingAndPublishesTheBestWeightsSoFar() throws Exception {
    Path payments = Payments.write(directory.resolve("payments.csv"));
    Path model = directory.resolve("payments.onnx");
    Process training =
        start(
            Main.class,
            "train",
            "--data",
            payments,
            "--exclude",
            "id",
            "--label",
            "fraud",
            "--epochs",
            1_000_000,
            "--threads",
            1,
            "--out",
            model,
            "--output",
            "json");
    BufferedReader err = training.errorReader();
    String line = err.readLine();
    while (line != null && !line.startsWith("epoch 1/")) {
      line = err.readLine();
    }
    assertThat(line).startsWith("epoch 1/1000000: loss");
    interrupt(training);
    String rest = String.join("\n", err.lines().toList());

    assertThat(training.waitFor()).describedAs(rest).isZero();
    assertThat(rest).contains("Stopping after this step");
    JsonNode result = new ObjectMapper().readTree(training.getInputStream());
    assertThat(result.path("interrupted").asBoolean()).isTrue();
    assertThat(result.path("epochs").asInt()).isBetween(1, 999_999);
    assertThat(Cli.weir("inspect", "--model", model).exit()).isZero();
  }

  @Test
  void ctrlCEndsAnExperimentAndKeepsTheTrainingsThatAreDone() throws Exception {
    Path payments = Payments.write(directory.resolve("payments.csv"));
    Path results = directory.resolve("results");
    Process experiment =
        start(
            Main.class,
            "experiment",
            "--data",
            payments,
            "--exclude",
            "id",
            "--label",
            "fraud",
            "--layers",
            6,
            "--latent",
            "1,2,3",
            "--folds",
            2,
            "--batch",
            128,
            "--epochs",
            3000,
            "--threads",
            1,
            "--out",
            results);
    BufferedReader err = experiment.errorReader();
    String line = err.readLine();
    while (line != null && !line.startsWith("1/6 ")) {
      line = err.readLine();
    }
    interrupt(experiment);
    String rest = String.join("\n", err.lines().toList());

    assertThat(experiment.waitFor()).describedAs(rest).isEqualTo(Interrupt.EXIT_CODE);
    Matcher done =
        Pattern.compile("Interrupted, the same command goes on: ([1-5]) of 6 trainings are done")
            .matcher(rest);
    assertThat(done.find()).describedAs(rest).isTrue();
    assertThat(Files.readAllLines(results.resolve("runs.csv")))
        .hasSize(1 + Integer.parseInt(done.group(1)));
    assertThat(results.resolve("summary.csv")).isNotEmptyFile();
  }

  @Test
  void aSecondCtrlCEndsAtOnce() throws Exception {
    Process listener = start(Listener.class);
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(listener.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo(READY);
    interrupt(listener);
    assertThat(out.readLine()).isEqualTo("Stopping.");
    assertThat(listener.isAlive()).isTrue();
    interrupt(listener);
    assertThat(listener.waitFor()).isEqualTo(Interrupt.EXIT_CODE);
  }

  @Test
  void ctrlCWhileRowsAreReadEndsAtOnceAndLeavesNothing() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Path model = directory.resolve("endless.onnx");
    String endless =
        "select range as a, random() as b, random() as c, random() as d, random() as e, random() as"
            + " f from range(10000000000)";
    Process training =
        start(Main.class, "train", "--data", endless, "--temp", temporary, "--out", model);
    while (isEmpty(temporary)) {
      assertThat(training.isAlive()).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    interrupt(training);

    assertThat(training.waitFor()).isEqualTo(Interrupt.EXIT_CODE);
    assertThat(temporary).isEmptyDirectory();
    assertThat(model).doesNotExist();
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  /// Listens for Ctrl-C, and does not care.
  static final class Listener {
    public static void main(String[] args) throws InterruptedException {
      PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      try (Interrupt interrupt = new Interrupt(out, "Stopping.").listen()) {
        out.println(READY);
        while (true) {
          TimeUnit.SECONDS.sleep(interrupt.requested() ? 30 : 1);
        }
      }
    }
  }

  private static Process start(Class<?> main, Object... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--add-modules=jdk.incubator.vector");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    Arrays.stream(args).map(Object::toString).forEach(command::add);
    return new ProcessBuilder(command).start();
  }

  private static void interrupt(Process process) throws IOException, InterruptedException {
    int sent = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(sent).isZero();
  }
}
