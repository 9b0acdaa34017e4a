package io.weir.trainer.command;

import io.weir.schemas.card.ModelCard.Window;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.data.ask.TimeRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The flags that make rows of several events. A field is null where its flag is not given.
final class WindowOptions {
  @Option(
      names = "--steps",
      paramLabel = "T",
      description =
          "A row is the last T events of its key, the newest last (default: 1, a row is an event).")
  private Integer steps;

  @Option(
      names = "--stride",
      paramLabel = "N",
      description =
          "With --steps: every N-th window of a key trains (default: 1). Scoring takes all.")
  private Integer stride;

  @Option(
      names = "--max-gap",
      paramLabel = "GAP",
      description =
          "With --steps: after a longer pause of a key its window starts anew. A duration (30s, 5m,"
              + " PT5M) for timestamps, else a number in the unit of the column of --time.")
  private String maxGap;

  @Option(
      names = "--warm-up",
      paramLabel = "POLICY",
      description =
          "With --steps: full has only windows of T events, padded also the first ones of a key,"
              + " with missing values in the place of missing events (default: full).")
  private WarmUp warmUp;

  @Option(
      names = "--exclude-time",
      paramLabel = "FROM..TO",
      split = ",",
      description =
          "Rows from FROM on and before TO do not train, and windows do not span them: ISO dates or"
              + " times, or numbers in the unit of the column of --time.")
  private List<String> excludeTime = new ArrayList<>();

  /// Which windows of a key train.
  int stride() {
    return stride == null ? 1 : stride;
  }

  /// The times whose rows do not train.
  ///
  /// @param time the column of the times; null without
  List<TimeRange> excluded(String time) {
    if (!excludeTime.isEmpty() && time == null) {
      throw new ConfigException(
          "--exclude-time %s: name the column of the times with --time"
              .formatted(excludeTime.getFirst()));
    }
    return excludeTime.stream().map(TimeRange::parse).toList();
  }

  /// What makes a row of a new network; empty where a row is one event.
  ///
  /// @param key the column of the keys; null without
  /// @param time the column of the times; null without
  Optional<Window> window(String key, String time) {
    int events = steps == null ? 1 : steps;
    if (events < 1) {
      throw new ConfigException("--steps %d: at least 1 event is needed".formatted(events));
    }
    if (events == 1) {
      List<String> given = given();
      if (!given.isEmpty()) {
        throw new ConfigException(
            "%s: only rows of several events follow it; give --steps 2 or more"
                .formatted(String.join(", ", given)));
      }
      return Optional.empty();
    }
    if (maxGap != null && time == null) {
      throw new ConfigException(
          "--max-gap %s: name the column of the times with --time".formatted(maxGap));
    }
    MaxGap gap = maxGap == null ? new MaxGap(null, null) : MaxGap.parse(maxGap);
    return Optional.of(
        new Window(events, gap.millis(), warmUp == WarmUp.PADDED, key, time, gap.number()));
  }

  /// @throws ConfigException where the stride is none
  void requireStride() {
    if (stride != null && stride < 1) {
      throw new ConfigException("--stride %d: at least 1 is needed".formatted(stride));
    }
  }

  /// The given flags that only a new network can follow.
  List<String> ofNewNetworks() {
    return given().stream().filter(flag -> !flag.equals("--stride")).toList();
  }

  private List<String> given() {
    Map<String, Object> flags = new LinkedHashMap<>();
    flags.put("--steps", steps != null && steps > 1 ? steps : null);
    flags.put("--stride", stride);
    flags.put("--max-gap", maxGap);
    flags.put("--warm-up", warmUp);
    return flags.entrySet().stream()
        .filter(flag -> flag.getValue() != null)
        .map(Map.Entry::getKey)
        .toList();
  }
}
