package io.weir.streams.command;

import io.weir.streams.config.InvalidSettingsException;
import io.weir.streams.config.SettingSources;
import io.weir.streams.config.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// Where a command's settings come from: files, environment, options.
final class SettingOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "Settings, a .properties file in UTF-8. Given several times, a later file wins.")
  private Path[] files = {};

  @Option(
      names = {"-p", "--property"},
      paramLabel = "KEY=VALUE",
      description = "One setting, stronger than file and environment. May be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  /// Reads and checks them for the stream processor.
  ///
  /// @param err is told all the problems
  /// @return empty if there are problems
  Optional<Settings> settings(PrintWriter err) {
    return settings(err, Map.of(), Map.of());
  }

  /// The same, between what a command sets itself.
  ///
  /// @param weakest where no source says anything
  /// @param strongest whatever the sources say
  Optional<Settings> settings(
      PrintWriter err, Map<String, String> weakest, Map<String, String> strongest) {
    return checked(weakest, strongest, SettingSources::settings, err);
  }

  /// Reads them, and has them checked.
  ///
  /// @param check those that a command needs
  /// @param err is told all the problems
  /// @return empty if there are problems
  <T> Optional<T> checked(Function<SettingSources, T> check, PrintWriter err) {
    return checked(Map.of(), Map.of(), check, err);
  }

  private <T> Optional<T> checked(
      Map<String, String> weakest,
      Map<String, String> strongest,
      Function<SettingSources, T> check,
      PrintWriter err) {
    SettingSources sources = new SettingSources().flags(weakest);
    for (Path file : files) {
      sources.file(file);
    }
    try {
      return Optional.of(
          check.apply(sources.environment(System.getenv()).flags(properties).flags(strongest)));
    } catch (InvalidSettingsException e) {
      err.println("The settings cannot be run with:");
      e.problems().forEach(problem -> err.println("  - " + problem));
      return Optional.empty();
    }
  }
}
