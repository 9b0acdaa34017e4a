package io.weir.trainer.command;

import io.weir.schemas.card.ModelCard.DataSource;
import io.weir.schemas.card.ModelCard.TopicPart;
import io.weir.trainer.data.Dataset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What an experiment's numbers depend on, beside its grid: trainings that were done with other
/// settings do not belong to it.
final class ExperimentSettings {
  /// What does not change a number, or may change from call to call.
  private static final Set<String> FREE =
      Set.of(
          "--config",
          "--out",
          "--first-folds",
          "--threads",
          "--bootstrap-servers",
          "--registry",
          "--kafka-config",
          "--spool",
          "--temp",
          "--output",
          "--no-progress",
          "--verbose",
          "--help",
          "--version");

  private ExperimentSettings() {}

  /// All flags with a value that decides the numbers, and what the rows were.
  ///
  /// @param unseen the test rows, or null
  static Map<String, String> of(CommandSpec spec, Dataset rows, Dataset unseen) {
    Map<String, String> settings = new TreeMap<>();
    for (OptionSpec option : spec.options()) {
      String flag = option.longestName();
      Object value = option.getValue();
      boolean none = value == null || value instanceof List<?> list && list.isEmpty();
      if (!none && !FREE.contains(flag) && !GridOptions.FLAGS.contains(flag)) {
        settings.put(flag, value.toString());
      }
    }
    describe(settings, "data", rows);
    if (unseen != null) {
      describe(settings, "test", unseen);
    }
    return settings;
  }

  private static void describe(Map<String, String> settings, String name, Dataset rows) {
    settings.put(name + " rows", Integer.toString(rows.rows()));
    for (DataSource source : rows.sources()) {
      if (source.topic() != null) {
        settings.put(name + " offsets", offsets(source.topic()));
        return;
      }
    }
    settings.put(
        name + " SHA-256",
        String.join(
            " ",
            rows.sources().stream()
                .map(s -> s.sha256() == null ? "unknown" : s.sha256())
                .toList()));
  }

  private static String offsets(TopicPart part) {
    return part.offsets().stream()
        .map(range -> "%d:%d-%d".formatted(range.partition(), range.first(), range.end()))
        .collect(Collectors.joining(" "));
  }
}
