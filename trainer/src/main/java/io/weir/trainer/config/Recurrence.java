package io.weir.trainer.config;

import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import java.util.ArrayList;
import java.util.List;

/// What makes a network read a row as a sequence: LSTMs that the encoder begins with, the last of
/// which gives its last state.
///
/// @param units of each LSTM, from the inputs on, at least one
/// @param rowSteps steps of every row; 0 for the events of its window
public record Recurrence(List<Integer> units, Decoder decoder, int rowSteps) {
  /// What comes behind the decoder's hidden layers.
  public enum Decoder {
    /// A dense layer that gives all steps at once.
    DENSE,
    /// The encoder's LSTMs in reverse, given the same at every step, then a dense layer for every
    /// step.
    LSTM
  }

  public Recurrence {
    units = List.copyOf(units);
    if (units.isEmpty() || units.stream().anyMatch(n -> n < 1)) {
      throw new ConfigException("--lstm %s: every width must be at least 1".formatted(units));
    }
    if (rowSteps < 0) {
      throw new ConfigException(
          "--row-steps %d: at least 1 step is needed, or 0 for the events of a window"
              .formatted(rowSteps));
    }
  }

  /// Steps of a row.
  ///
  /// @param inputs columns of the row
  /// @param events that it consists of
  /// @throws ConfigException where they are not to be told
  int steps(int inputs, int events) {
    if (rowSteps == 0) {
      if (events < 2) {
        throw new ConfigException(
            "An LSTM reads rows of several steps: give --steps for windows of events, or"
                + " --row-steps where every row is a sequence by itself");
      }
      return events;
    }
    if (events > 1) {
      throw new ConfigException(
          "--row-steps %d is for rows that are sequences by themselves, but --steps makes windows of"
                  .formatted(rowSteps)
              + " %d events: leave --steps out, or give --row-steps 0".formatted(events));
    }
    if (inputs % rowSteps != 0) {
      throw new ConfigException(
          "--row-steps %d: the rows have %d network inputs, which so many steps cannot share evenly:"
                  .formatted(rowSteps, inputs)
              + " give a divisor of %d, or choose the features with --include".formatted(inputs));
    }
    return rowSteps;
  }

  /// The encoder's first layers.
  List<LayerSpec> encoder(int inputs, int steps) {
    List<LayerSpec> layers = new ArrayList<>();
    int columns = inputs / steps;
    for (int i = 0; i < units.size(); i++) {
      layers.add(new Lstm(steps, columns, units.get(i), i < units.size() - 1));
      columns = units.get(i);
    }
    return layers;
  }

  /// What an LSTM decoder has before its last layer.
  ///
  /// @param code columns that are given to every step
  List<LayerSpec> decoder(int code, int steps) {
    List<LayerSpec> layers = new ArrayList<>();
    layers.add(new Repeat(steps, code));
    int columns = code;
    for (int width : units.reversed()) {
      layers.add(new Lstm(steps, columns, width, true));
      columns = width;
    }
    return layers;
  }
}
