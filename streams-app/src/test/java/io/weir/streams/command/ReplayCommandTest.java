package io.weir.streams.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.config.InputTopics;
import io.weir.streams.replay.ReplayOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ReplayCommandTest {
  private final List<ReplayOptions> replays = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void replayTakesTheLiveSettingsAndWhatIsGivenInTheirPlace() {
    assertThat(
            execute(
                "replay",
                "-p",
                "application.id=live",
                "-p",
                "weir.input.pattern=pay.*",
                "-p",
                "weir.model.file=live.onnx",
                "--bootstrap-servers",
                "broker:9092",
                "--schema-registry",
                "http://registry:8081",
                "--topic",
                "payments",
                "--model",
                "a.onnx",
                "--model",
                "b.onnx",
                "--threshold",
                "value:4",
                "--threshold",
                "quantile:0.99",
                "--from",
                "2026-01-01",
                "--to",
                "2026-01-02T12:00:00+01:00",
                "--warm-up",
                "36h"))
        .isEqualTo(44);
    ReplayOptions options = replays.getFirst();
    assertThat(options.settings())
        .extracting(settings -> settings.model().toString())
        .containsExactly("a.onnx", "b.onnx");
    assertThat(options.first().applicationId()).isEqualTo("live");
    assertThat(options.first().input()).isEqualTo(new InputTopics.Listed(List.of("payments")));
    assertThat(options.first().threshold()).hasToString("value:4.0");
    assertThat(options.thresholds()).extracting(Object::toString).containsExactly("quantile:0.99");
    assertThat(options.from()).hasToString("2026-01-01T00:00:00Z");
    assertThat(options.to()).hasToString("2026-01-02T11:00:00Z");
    assertThat(options.warmUp().orElseThrow()).hasToString("PT36H");
    assertThat(options.resumeCommand(Path.of("replay-1")))
        .startsWith("./weir replay -p application.id=live")
        .contains("'weir.input.pattern=pay.*'")
        .endsWith("--warm-up 36h --resume --out replay-1");
  }

  @ParameterizedTest
  @CsvSource({
    "--from, yesterday, is none of earliest",
    "--to, earliest, there is nothing between them",
    "--warm-up, 0s, is none of earliest",
    "--max-rate, 0, must be above 0",
    "--threads, 0, must be at least 1",
    "--id, a/b, letters",
  })
  void replayRefusesWhatMeansNothing(String option, String value, String message) {
    assertThat(
            execute(
                "replay",
                "--bootstrap-servers=broker:9092",
                "--schema-registry=http://registry:8081",
                "--topic=payments",
                "--model=a.onnx",
                option,
                value))
        .isEqualTo(2);
    assertThat(err.toString()).contains(value, message);
    assertThat(replays).isEmpty();
  }

  private int execute(String... arguments) {
    CommandLine commandLine =
        CommandLines.of(
            new ReplayCommand(
                (options, json, listener, done, output, messages) -> {
                  replays.add(options);
                  return 44;
                }));
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
