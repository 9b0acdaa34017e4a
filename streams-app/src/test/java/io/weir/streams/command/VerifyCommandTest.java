package io.weir.streams.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// The options of `verify` and `redrive`.
class VerifyCommandTest {
  private static final List<String> NEEDED =
      Stream.of(
              "application.id=weir",
              "bootstrap.servers=broker:9092",
              "weir.input.topics=payments",
              "weir.model.file=model.onnx",
              "weir.schema.registry.url=http://registry:8081")
          .flatMap(setting -> Stream.of("-p", setting))
          .toList();

  private final List<VerifyCommand.Request> verified = new ArrayList<>();
  private final List<RedriveCommand.Request> redriven = new ArrayList<>();
  private final StringWriter err = new StringWriter();

  @Test
  void alertsComeFromFilesOrFromTheTopic() {
    assertThat(verify("a.jsonl", "-", "--model", "old.onnx", "--models", "models")).isZero();
    VerifyCommand.Request files = verified.getLast();
    assertThat(files.alerts()).containsExactly("a.jsonl", "-");
    assertThat(files.models()).containsExactly(Path.of("old.onnx"));
    assertThat(files.folders()).containsExactly(Path.of("models"));
    assertThat(files.scanMax()).isEqualTo(1_000_000);
    assertThat(files.json()).isFalse();

    assertThat(verify("--all", "--since", "2026-01-31", "--limit", "7", "--output", "json"))
        .isZero();
    VerifyCommand.Request all = verified.getLast();
    assertThat(all.alerts()).isEmpty();
    assertThat(all.ids()).isEmpty();
    assertThat(all.since()).contains(Instant.parse("2026-01-31T00:00:00Z"));
    assertThat(all.limit()).isEqualTo(7);
    assertThat(all.json()).isTrue();

    assertThat(verify("--id", "a", "--id", "b")).isZero();
    assertThat(verified.getLast().ids()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--all a.jsonl",
        "--all --id a",
        "a.jsonl --since 2026-01-31",
        "a.jsonl --limit 3",
        "--all --limit 0",
        "--all --max-scan 0",
        "--all --since yesterday"
      })
  void whatContradictsItselfIsAUsageError(String options) {
    assertThat(verify(options.isEmpty() ? new String[0] : options.split(" "))).isEqualTo(2);
    assertThat(verified).isEmpty();
    assertThat(err.toString()).isNotEmpty();
  }

  @Test
  void momentsHaveSeveralForms() {
    InstantOption option = new InstantOption();
    assertThat(option.convert("2026-01-31T09:00:00+01:00"))
        .isEqualTo(Instant.parse("2026-01-31T08:00:00Z"));
    Instant before = Instant.now();
    assertThat(option.convert("PT2H"))
        .isBetween(before.minusSeconds(7_200), Instant.now().minusSeconds(7_200));
  }

  @Test
  void redriveOnlyCountsUnlessItIsToBeDone() {
    assertThat(redrive()).isZero();
    assertThat(redriven.getLast())
        .isEqualTo(
            new RedriveCommand.Request(
                false,
                List.of(),
                List.of(),
                java.util.Optional.empty(),
                Long.MAX_VALUE,
                3,
                false,
                false));
    assertThat(redrive("--dry-run", "--reason", "TRUNCATED", "--topic", "payments")).isZero();
    assertThat(redriven.getLast().execute()).isFalse();
    assertThat(redriven.getLast().reasons()).containsExactly("TRUNCATED");
    assertThat(redriven.getLast().topics()).containsExactly("payments");
    assertThat(redrive("--execute")).isZero();
    assertThat(redriven.getLast().execute()).isTrue();
    assertThat(redriven.getLast().fromOldest()).isFalse();
    assertThat(redrive("--execute", "--from-oldest")).isZero();
    assertThat(redriven.getLast().fromOldest()).isTrue();
    assertThat(redrive("--execute", "--dry-run")).isEqualTo(2);
    assertThat(redrive("--limit", "0")).isEqualTo(2);
    assertThat(redrive("--max-attempts", "0")).isEqualTo(2);
    assertThat(redriven).hasSize(4);
  }

  private int verify(String... arguments) {
    return execute(
        new VerifyCommand(
            (_, request, _, _) -> {
              verified.add(request);
              return 0;
            }),
        arguments);
  }

  private int redrive(String... arguments) {
    return execute(
        new RedriveCommand(
            (_, request, _, _) -> {
              redriven.add(request);
              return 0;
            }),
        arguments);
  }

  private int execute(Object command, String... arguments) {
    CommandLine line = new CommandLine(command);
    line.setErr(new PrintWriter(err));
    return line.execute(
        Stream.concat(Stream.of(arguments), NEEDED.stream()).toArray(String[]::new));
  }
}
