package io.weir.streams.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.config.SettingSources;
import io.weir.streams.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `deploy/kafka/acls.sh` prints the rights that the tests on a broker prove.
class AclScriptTest {
  private static final Path SCRIPT = Path.of("..", "deploy", "kafka", "acls.sh");

  private record Run(int exit, String out) {}

  @ParameterizedTest
  @CsvSource({
    "false, false, false, ",
    "true, false, false, all-scores",
    "true, true, false, all-scores",
    "true, false, true, ",
    "true, true, true, "
  })
  void theScriptGrantsWhatTheProcessorNeedsAndNothingElse(
      boolean exactlyOnce, boolean windows, boolean mute, String scores) throws Exception {
    Settings settings =
        new SettingSources()
            .environment(
                java.util.Map.of(
                    "WEIR_KAFKA_APPLICATION_ID", "fraud",
                    "WEIR_KAFKA_BOOTSTRAP_SERVERS", "broker:9093",
                    "WEIR_INPUT_TOPICS", "payments,refunds",
                    "WEIR_SCORES_TOPIC", scores == null ? "" : scores,
                    "WEIR_MODEL_FILE", "payments.onnx",
                    "WEIR_SCHEMA_REGISTRY_URL", "http://registry:8081"))
            .settings();
    List<String> changelogs = new ArrayList<>();
    if (windows) {
      changelogs.add("fraud-windows-changelog");
    }
    if (mute) {
      changelogs.add("fraud-mute-changelog");
    }
    List<String> options =
        new ArrayList<>(
            List.of(
                "--bootstrap-server",
                "broker:9093",
                "--principal",
                "User:weir",
                "--application-id",
                "fraud",
                "--input",
                "payments,refunds"));
    if (scores != null) {
      options.addAll(List.of("--scores", scores));
    }
    if (windows) {
      options.add("--windows");
    }
    if (mute) {
      options.add("--mute");
    }
    if (exactlyOnce && !windows && !mute) {
      options.add("--exactly-once");
    }
    Run run = run(options);
    assertThat(run.exit()).as(run.out()).isZero();
    assertThat(run.out().lines())
        .containsExactlyElementsOf(
            RequiredAccess.of(settings, List.of("payments", "refunds"), exactlyOnce, changelogs)
                .stream()
                .map(
                    rule ->
                        "kafka-acls.sh --bootstrap-server broker:9093 --add --allow-principal"
                            + " 'User:weir' "
                            + rule.options())
                .toList());
  }

  @Test
  void aPrefixStandsForAPattern() throws Exception {
    Run run =
        run(
            List.of(
                "--bootstrap-server",
                "b:1",
                "--principal",
                "User:weir",
                "--application-id",
                "fraud",
                "--input-prefix",
                "shop.",
                "--command-config",
                "/etc/admin.properties"));
    assertThat(run.exit()).as(run.out()).isZero();
    assertThat(run.out())
        .contains("kafka-acls.sh --bootstrap-server b:1 --command-config /etc/admin.properties ")
        .contains("--operation Read --topic shop. --resource-pattern-type prefixed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--principal weir | does not start with User:",
        "--topic payments | there is no option --topic",
        "--input a;b | a character that no such name has",
        "--windows | --input is missing",
      })
  void whatItCannotPrintItRefuses(String options, String said) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of("--bootstrap-server", "b:1", "--principal", "User:w", "--application-id", "a"));
    if (options.startsWith("--principal")) {
      all.addAll(List.of("--input", "in"));
    }
    all.addAll(List.of(options.split(" ")));
    Run run = run(all);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).contains(said);
  }

  private static Run run(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString()));
    command.addAll(options);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    return new Run(process.waitFor(), output);
  }
}
