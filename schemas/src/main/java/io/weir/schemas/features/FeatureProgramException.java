package io.weir.schemas.features;

import java.util.List;

/// A writer schema from which the features cannot be made. The message lists every problem.
public final class FeatureProgramException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  FeatureProgramException(String schemaName, List<String> problems) {
    super(
        "Schema '"
            + schemaName
            + "' does not give the model's features:\n  - "
            + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /// Every problem, in the order of the features.
  public List<String> problems() {
    return problems;
  }
}
