package io.weir.streams.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.config.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The options of `run` and `topics`.
class RunCommandTest {
  private final List<Settings> runs = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void fileAndPropertiesBecomeSettings(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("weir.properties"),
            """
            application.id=weir
            bootstrap.servers=broker:9092
            weir.input.topics=payments
            weir.model.file=model.onnx
            weir.schema.registry.url=http://registry:8081
            weir.batch.max=7
            """);
    assertThat(
            execute(
                "run",
                "--config",
                file.toString(),
                "-p",
                "weir.batch.max=9",
                "--property",
                "sasl.jaas.config=a b=\"c\";"))
        .isEqualTo(42);
    assertThat(runs.getFirst().batchMax()).isEqualTo(9);
    assertThat(runs.getFirst().kafka()).containsEntry("sasl.jaas.config", "a b=\"c\";");
  }

  @Test
  void wrongSettingsAreListedAndNothingRuns() {
    assertThat(execute("run", "-p", "weir.bach.max=9", "-p", "weir.input.topics=a")).isEqualTo(2);
    assertThat(err.toString())
        .contains("The settings cannot be run with:")
        .contains("the nearest is weir.batch.max")
        .contains("weir.model.file is required");
    assertThat(runs).isEmpty();
  }

  @Test
  void wrongOptionsAreAUsageError() {
    assertThat(execute("run", "--confg", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("--config");
    assertThat(execute("runn")).isEqualTo(2);
  }

  @Test
  void topicsArePlannedUnlessTheyAreToBeCreated() {
    String[] needed = {
      "-p",
      "application.id=weir",
      "-p",
      "bootstrap.servers=broker:9092",
      "-p",
      "weir.input.topics=payments",
      "-p",
      "weir.model.file=model.onnx",
      "-p",
      "weir.schema.registry.url=http://registry:8081"
    };
    assertThat(execute(with(needed, "topics"))).isEqualTo(43);
    assertThat(execute(with(needed, "topics", "--plan", "--output", "json"))).isEqualTo(43);
    assertThat(execute(with(needed, "topics", "--create"))).isEqualTo(43);
    assertThat(out.toString()).isEqualTo("false falsefalse truetrue false");
    assertThat(runs).hasSize(3);
    assertThat(execute(with(needed, "topics", "--create", "--plan"))).isEqualTo(2);
    assertThat(execute("topics", "--create")).isEqualTo(2);
    assertThat(err.toString())
        .contains("mutually exclusive")
        .contains("weir.model.file is required");
  }

  private static String[] with(String[] more, String... first) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void helpNamesOptionsAndExitCodes() {
    assertThat(execute("run", "--help")).isZero();
    assertThat(out.toString()).contains("--config").contains("--property").contains("Exit code");
    assertThat(runs).isEmpty();
  }

  private int execute(String... arguments) {
    CommandLine commandLine =
        CommandLines.of(
            new RunCommand(
                settings -> {
                  runs.add(settings);
                  return 42;
                }),
            new TopicsCommand(
                (settings, create, json, output) -> {
                  runs.add(settings);
                  output.print(create + " " + json);
                  return 43;
                }));
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
