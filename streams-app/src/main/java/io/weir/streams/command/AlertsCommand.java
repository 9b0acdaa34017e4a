package io.weir.streams.command;

import io.weir.streams.config.ClientSettings;
import io.weir.streams.config.PointInTime;
import io.weir.streams.tell.AlertFilter;
import io.weir.streams.tell.TailRange;
import io.weir.streams.tell.TailRequest;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `alerts`: the alerts topic as lines.
@Command(
    name = "alerts",
    sortOptions = false,
    description =
        "Print the alerts, a line each: those that come from now on, until Ctrl-C, unless told"
            + " otherwise.",
    footer = {
      "",
      "Takes the settings of the processor (--config); needs only",
      "bootstrap.servers, weir.schema.registry.url and weir.alerts.topic (default:",
      "weir-alerts). Reads committed alerts only, joins no consumer group and",
      "commits nothing.",
      "",
      "JSON lines have the fields of the Avro schema (docs/consumers/README.md). A",
      "key is text where it can be shown, else 0x and hex.",
      "",
      "Exit code: 0 at the end that was asked for or at Ctrl-C, 1 if brokers,",
      "registry or topic cannot be read, 2 for wrong options or settings."
    })
public final class AlertsCommand implements Callable<Integer> {
  private final Runner runner;

  @Mixin private ClientOptions options;

  @Option(
      names = "--min-severity",
      paramLabel = "SEVERITY",
      defaultValue = "LOW",
      description = "Only from this severity on: LOW, MEDIUM, HIGH or CRITICAL.")
  private String minSeverity;

  @Option(names = "--key", paramLabel = "KEY", description = "Only alerts of this key.")
  private String key;

  @Option(names = "--from-beginning", description = "Begin with the oldest alert that is kept.")
  private boolean fromBeginning;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only alerts of events from this time on: 2026-01-31T10:00:00Z, or how long ago, such as"
              + " 2h or 1d12h.")
  private String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only alerts of events before this time, written as --since. Does not follow.")
  private String until;

  @Option(
      names = "--no-follow",
      description =
          "End behind the newest alert of now. Begins with the oldest one, unless --since is"
              + " given.")
  private boolean noFollow;

  @Option(names = "--limit", paramLabel = "N", description = "End after so many alerts.")
  private Long limit;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Spec private CommandSpec spec;

  /// @param runner does it
  public AlertsCommand(Runner runner) {
    this.runner = runner;
  }

  /// Prints.
  @FunctionalInterface
  public interface Runner {
    /// @param out receives the lines, in UTF-8
    /// @return the exit code
    int run(ClientSettings settings, TailRequest request, PrintStream out);
  }

  private enum Format {
    text,
    json
  }

  @Override
  public Integer call() {
    TailRequest request = request(Instant.now());
    Optional<ClientSettings> settings = options.settings(spec.commandLine().getErr());
    if (settings.isEmpty()) {
      return CommandLine.ExitCode.USAGE;
    }
    // Whatever the locale: programs read it, too. Closing it would close stdout.
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
            false,
            StandardCharsets.UTF_8);
    int code = runner.run(settings.get(), request, out);
    out.flush();
    return code;
  }

  private TailRequest request(Instant now) {
    if (fromBeginning && since != null) {
      throw usage("--from-beginning and --since exclude each other: give one of them");
    }
    if (limit != null && limit < 1) {
      throw usage("--limit " + limit + ": at least 1 is expected");
    }
    Optional<Instant> from = time("--since", since, now);
    Optional<Instant> to = time("--until", until, now);
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      throw usage("--since " + since + " is not before --until " + until);
    }
    return new TailRequest(
        TailRange.of(
            fromBeginning, from, !noFollow && to.isEmpty(), limit == null ? Long.MAX_VALUE : limit),
        new AlertFilter(
            Usage.parsed(spec, "--min-severity", minSeverity, AlertFilter::severity),
            Optional.ofNullable(key),
            from,
            to),
        format == Format.json);
  }

  private Optional<Instant> time(String option, String text, Instant now) {
    return Optional.ofNullable(text)
        .map(given -> Usage.parsed(spec, option, given, one -> PointInTime.parse(one, now)));
  }

  private CommandLine.ParameterException usage(String message) {
    return Usage.error(spec, message);
  }
}
