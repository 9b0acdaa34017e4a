package io.weir.streams.replay;

import io.weir.schemas.card.ThresholdPolicy;
import io.weir.streams.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a replay is asked for.
///
/// @param settings one for each model, one or two, which differ in `weir.model.file` only; the
///   first threshold is in them
/// @param thresholds further ones, which are counted only
/// @param sweep whether a grid of thresholds is counted, too
/// @param warmUp empty for what is exact and needs least
/// @param id empty for a new one, or that of the folder that is resumed
/// @param out empty for `replay-<id>`
/// @param alertsTopic receives the alerts, too
/// @param maxRate most events per second, of all threads together
/// @param threads empty for one per processor
/// @param resume whether to go on with what `out` holds
/// @param arguments what was typed, the command first, for the message that says how to resume
public record ReplayOptions(
    List<Settings> settings,
    List<ThresholdPolicy> thresholds,
    boolean sweep,
    Bound from,
    Bound to,
    Optional<WarmUp> warmUp,
    Optional<LabelSource> labels,
    Optional<String> id,
    Optional<Path> out,
    Optional<String> alertsTopic,
    OptionalDouble maxRate,
    OptionalInt threads,
    boolean resume,
    List<String> arguments) {
  /// What no shell understands otherwise.
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  public ReplayOptions {
    settings = List.copyOf(settings);
    thresholds = List.copyOf(thresholds);
    arguments = List.copyOf(arguments);
  }

  /// What to type to go on after an interruption.
  ///
  /// @param folder of the replay
  public String resumeCommand(Path folder) {
    List<String> words = new ArrayList<>(List.of("./weir"));
    words.addAll(arguments);
    if (!arguments.contains("--resume")) {
      words.add("--resume");
    }
    if (out.isEmpty()) {
      words.addAll(List.of("--out", folder.toString()));
    }
    return words.stream()
        .map(
            word ->
                HARMLESS.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  /// The settings of the connections, and of the first model.
  public Settings first() {
    return settings.getFirst();
  }
}
