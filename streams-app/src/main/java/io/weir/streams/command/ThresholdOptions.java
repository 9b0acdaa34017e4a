package io.weir.streams.command;

import io.weir.schemas.card.ThresholdPolicy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The thresholds of a replay: that of its alerts, and those that are counted only.
final class ThresholdOptions {
  private static final int MAX = 20;

  @Option(
      names = "--threshold",
      paramLabel = "POLICY",
      description =
          "A threshold: "
              + ThresholdPolicy.FORMS
              + ". May be repeated: alerts are those of the first one, the others are counted in"
              + " the same pass. Default: that of the settings.")
  private List<String> thresholds = new ArrayList<>();

  @Option(
      names = "--sweep",
      description = "Count a grid of thresholds, too, from one event in 100 to one in 100,000.")
  private boolean sweep;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /// Refuses too many of them.
  void check() {
    if (thresholds.size() > MAX) {
      throw Usage.error(
          command, "--threshold is given %d times: at most %d".formatted(thresholds.size(), MAX));
    }
  }

  /// The text of that of the alerts; empty for that of the settings.
  Optional<String> ofAlerts() {
    return thresholds.stream().findFirst();
  }

  /// Those that are counted only, each once.
  ///
  /// @param ofAlerts that of the alerts
  List<ThresholdPolicy> counted(ThresholdPolicy ofAlerts) {
    List<ThresholdPolicy> counted = new ArrayList<>();
    for (String text : new LinkedHashSet<>(thresholds)) {
      ThresholdPolicy policy = Usage.parsed(command, "--threshold", text, ThresholdPolicy::parse);
      if (!policy.equals(ofAlerts) && !counted.contains(policy)) {
        counted.add(policy);
      }
    }
    return counted;
  }

  /// Whether a grid of thresholds is counted, too.
  boolean sweep() {
    return sweep;
  }
}
