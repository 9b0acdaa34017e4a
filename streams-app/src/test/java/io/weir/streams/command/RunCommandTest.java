package io.weir.streams.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.config.ClientSettings;
import io.weir.streams.config.Settings;
import io.weir.streams.config.WebhookSettings;
import io.weir.streams.judge.Severity;
import io.weir.streams.tell.TailRange;
import io.weir.streams.tell.TailRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunCommandTest {
  private final List<Settings> runs = new ArrayList<>();
  private final List<Map.Entry<ClientSettings, TailRequest>> tails = new ArrayList<>();
  private final List<WebhookSettings> webhooks = new ArrayList<>();
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

  @Test
  void alertsNeedBrokersAndRegistryOnly() {
    assertThat(
            execute(
                "alerts",
                "-b",
                "broker:9092",
                "-r",
                "http://registry:8081",
                "--topic",
                "mine",
                "--since",
                "2026-01-01T00:00:00Z",
                "--until",
                "2026-01-02T00:00:00+01:00",
                "--min-severity",
                "high",
                "--key",
                "card-1",
                "--limit",
                "3",
                "--output",
                "json"))
        .isEqualTo(44);
    assertThat(tails.getFirst().getKey().alertsTopic()).isEqualTo("mine");
    assertThat(tails.getFirst().getKey().consumer())
        .containsEntry("bootstrap.servers", "broker:9092");
    TailRequest request = tails.getFirst().getValue();
    assertThat(request.json()).isTrue();
    assertThat(request.filter().minSeverity()).isEqualTo(Severity.HIGH);
    assertThat(request.filter().until()).contains(Instant.parse("2026-01-01T23:00:00Z"));
    assertThat(request.range())
        .isEqualTo(
            new TailRange(
                new TailRange.Start.Time(Instant.parse("2026-01-01T00:00:00Z")), false, 3));
  }

  @Test
  void alertsTakeTheSettingsOfTheProcessorAndLeaveItsConsumerAlone() {
    assertThat(
            execute(
                "alerts",
                "-p",
                "bootstrap.servers=broker:9092",
                "-p",
                "weir.schema.registry.url=http://registry:8081",
                "-p",
                "security.protocol=SSL",
                "-p",
                "consumer.ssl.truststore.location=/ca.pem",
                "-p",
                "group.instance.id=one",
                "-p",
                "consumer.max.poll.records=7",
                "-p",
                "weir.webhook.url=https://receiver/x"))
        .isEqualTo(44);
    assertThat(tails.getFirst().getKey().consumer())
        .isEqualTo(
            Map.of(
                "bootstrap.servers",
                "broker:9092",
                "security.protocol",
                "SSL",
                "ssl.truststore.location",
                "/ca.pem"));
    assertThat(tails.getFirst().getValue().range().start()).isEqualTo(new TailRange.Start.End());
  }

  @Test
  void wrongOptionsOfAlertsAreSaid() {
    String[] needed = {"-b", "broker:9092", "-r", "http://registry:8081"};
    assertThat(execute(with(needed, "alerts", "--since", "yesterday"))).isEqualTo(2);
    assertThat(execute(with(needed, "alerts", "--min-severity", "SEVERE"))).isEqualTo(2);
    assertThat(execute(with(needed, "alerts", "--limit", "0"))).isEqualTo(2);
    assertThat(execute(with(needed, "alerts", "--from-beginning", "--since", "2h"))).isEqualTo(2);
    assertThat(execute(with(needed, "alerts", "--since", "1h", "--until", "2h"))).isEqualTo(2);
    assertThat(execute("alerts")).isEqualTo(2);
    assertThat(err.toString())
        .contains("\"yesterday\" is no time: write an instant such as 2026-01-31T10:00:00Z")
        .contains("there is no severity SEVERE: use one of [LOW, MEDIUM, HIGH, CRITICAL]")
        .contains("--limit 0: at least 1 is expected")
        .contains("exclude each other")
        .contains("--since 1h is not before --until 2h")
        .contains("bootstrap.servers is required")
        .contains("weir.schema.registry.url is required")
        .doesNotContain("weir.model.file");
    assertThat(tails).isEmpty();
  }

  @Test
  void aWebhookNeedsItsUrlAndTls() {
    String[] needed = {
      "-p", "bootstrap.servers=broker:9092", "-p", "weir.schema.registry.url=http://registry:8081"
    };
    assertThat(execute(with(needed, "webhook", "-p", "weir.webhook.url=http://localhost:1/x")))
        .isEqualTo(45);
    assertThat(execute(with(needed, "webhook", "-p", "weir.webhook.url=https://other/token")))
        .isEqualTo(45);
    assertThat(webhooks.getLast()).hasToString("webhook to https://other as group weir-webhook");
    assertThat(execute(with(needed, "webhook"))).isEqualTo(2);
    assertThat(execute(with(needed, "webhook", "-p", "weir.webhook.url=http://other/token")))
        .isEqualTo(2);
    assertThat(execute(with(needed, "webhook", "-p", "weir.webhook.url=https://me:hush@other/")))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("weir.webhook.url is required by the webhook")
        .contains("goes to other without TLS")
        .contains("weir.webhook.http.allow=true")
        .contains("user and password go to weir.webhook.authorization")
        .doesNotContain("token\"")
        .doesNotContain("hush");
    assertThat(webhooks).hasSize(2);
  }

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
                }),
            new AlertsCommand(
                (settings, request, output) -> {
                  tails.add(Map.entry(settings, request));
                  return 44;
                }),
            new WebhookCommand(
                settings -> {
                  webhooks.add(settings);
                  return 45;
                }),
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
