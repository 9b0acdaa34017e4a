package io.weir.trainer.command;

import io.weir.schemas.card.ModelCard.Window;
import io.weir.trainer.config.ConfigException;
import picocli.CommandLine.Option;

/// The flags that say where a source has what a model of windows needs to know of its rows.
final class ArrivalOptions {
  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description =
          "For a model of windows: the column of the keys, where it is named differently than in"
              + " training.")
  private String key;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description =
          "For a model of windows: the column of the times, where it is named differently than in"
              + " training.")
  private String time;

  /// The model's window with the columns as they are named here.
  ///
  /// @param window null for a model of single events
  /// @throws ConfigException where such a model is given columns
  Window window(Window window, String model) {
    if (window != null) {
      return renamed(window, key, time);
    }
    if (key != null || time != null) {
      throw new ConfigException(
          "%s is for models whose rows are windows of several events; %s scores single events: leave it out"
              .formatted(key != null ? "--key" : "--time", model));
    }
    return null;
  }

  /// @param key null for the name in the window
  /// @param time likewise
  static Window renamed(Window window, String key, String time) {
    return new Window(
        window.steps(),
        window.maxGapMillis(),
        window.padded(),
        key == null ? window.key() : key,
        time == null ? window.time() : time,
        window.maxGap());
  }
}
