package io.weir.helm;

import java.util.Map;
import java.util.TreeMap;

/// The variables that a container sees.
final class Environment {
  private Environment() {}

  /// By name; those from Secrets and from the pod as `from elsewhere`.
  static Map<String, String> of(Rendered chart) {
    Map<String, String> variables = new TreeMap<>();
    chart
        .weir()
        .getEnv()
        .forEach(
            variable -> {
              String value =
                  variable.getValueFrom() == null ? variable.getValue() : "from elsewhere";
              if (variables.put(variable.getName(), value) != null) {
                throw new AssertionError(variable.getName() + " is set twice");
              }
            });
    return variables;
  }
}
