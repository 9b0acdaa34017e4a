package io.weir.streams.command;

import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Mistakes in a command's options, which end it with exit code 2.
final class Usage {
  private Usage() {}

  /// What to throw.
  ///
  /// @param message with the option, its value and the rule
  static ParameterException error(CommandSpec command, String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /// Reads the text of an option.
  ///
  /// @param parser throws an [IllegalArgumentException] with a message for the user
  /// @throws ParameterException with that message
  static <T> T parsed(CommandSpec command, String option, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw error(command, option + ": " + e.getMessage());
    }
  }
}
