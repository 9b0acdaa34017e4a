package io.weir.streams.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.config.ClientSettings;
import io.weir.streams.judge.Severity;
import io.weir.streams.tell.TailRange;
import io.weir.streams.tell.TailRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AlertsCommandTest {
  private final List<Map.Entry<ClientSettings, TailRequest>> tails = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

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

  private static String[] with(String[] more, String... first) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  private int execute(String... arguments) {
    CommandLine commandLine =
        CommandLines.of(
            new AlertsCommand(
                (settings, request, output) -> {
                  tails.add(Map.entry(settings, request));
                  return 44;
                }));
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
