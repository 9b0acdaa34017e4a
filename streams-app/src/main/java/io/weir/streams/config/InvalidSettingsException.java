package io.weir.streams.config;

import java.util.List;

/// Settings that cannot be run with: all the problems at once, one line each.
public final class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  InvalidSettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /// One line each: the value, the rule, the cure.
  public List<String> problems() {
    return problems;
  }
}
