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

class ExplainCommandTest {
  private final List<Settings> runs = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void explainTakesEventsOrAlertsAndAModelOfItsOwn(@TempDir Path directory) throws Exception {
    String[] settings = {
      "-p", "application.id=weir",
      "-p", "bootstrap.servers=broker:9092",
      "-p", "weir.input.topics=payments",
      "-p", "weir.model.file=old.onnx",
      "-p", "weir.schema.registry.url=http://registry:8081"
    };
    assertThat(
            execute(
                with(
                    settings,
                    "explain",
                    "--model",
                    "new.onnx",
                    "--event",
                    "payments/0/7,payments/1/9",
                    "--method",
                    "reconstruction",
                    "--output",
                    "json")))
        .isEqualTo(44);
    assertThat(runs.getFirst().model()).isEqualTo(Path.of("new.onnx"));
    assertThat(out.toString())
        .contains("events=[payments/0/7, payments/1/9], alerts=[], method=RECONSTRUCTION")
        .contains("features=null, json=true");

    Path alerts = Files.writeString(directory.resolve("alerts.json"), "{\"a\":1}\n\n{}\n");
    assertThat(execute(with(settings, "explain", "--alert", alerts.toString()))).isEqualTo(44);
    assertThat(runs.getLast().model()).isEqualTo(Path.of("old.onnx"));
    assertThat(out.toString()).contains("alerts=[{\"a\":1}, {}], method=SCORE");

    assertThat(execute(with(settings, "explain"))).isEqualTo(2);
    assertThat(execute(with(settings, "explain", "--alert", "none.json"))).isEqualTo(2);
    assertThat(err.toString()).contains("--alert none.json cannot be read: there is no such file");
    assertThat(execute(with(settings, "explain", "--event", "a/0/1", "--features", "0")))
        .isEqualTo(2);
  }

  private static String[] with(String[] more, String... first) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  private int execute(String... arguments) {
    CommandLine commandLine =
        CommandLines.of(
            new ExplainCommand(
                (settings, request, output, errors) -> {
                  runs.add(settings);
                  output.print(request);
                  return 44;
                }));
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
