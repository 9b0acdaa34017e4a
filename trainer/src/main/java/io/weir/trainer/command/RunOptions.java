package io.weir.trainer.command;

import io.weir.trainer.config.ConfigException;
import picocli.CommandLine.Option;

/// The flags of long work that change no number: how many threads, and how it is told.
final class RunOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "At most this many (default: all processors); the result does not depend on it.")
  private Integer threads;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "How the result is printed: text (default) or json.")
  OutputFormat output;

  @Option(
      names = "--no-progress",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Plain lines instead of a progress bar, also on a terminal.")
  private boolean plain;

  /// At least 1.
  ///
  /// @throws ConfigException if fewer were asked for
  int threads() {
    if (threads != null && threads < 1) {
      throw new ConfigException("--threads %d: must be at least 1".formatted(threads));
    }
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /// Whether a progress bar is wanted and possible.
  boolean bar() {
    return !plain && terminal();
  }

  /// Whether a progress bar can be drawn.
  static boolean terminal() {
    return System.console() != null && System.console().isTerminal();
  }
}
