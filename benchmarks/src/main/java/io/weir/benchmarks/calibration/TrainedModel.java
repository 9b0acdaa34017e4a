package io.weir.benchmarks.calibration;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Trains as a user would, by the command.
final class TrainedModel {
  private TrainedModel() {}

  /// @param held fraction of the rows that are validated on, the last ones of the file
  /// @param flags of `train`, beside those
  /// @return the model file
  static Path train(Path csv, double held, Path model, String... flags) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "train",
                "--data",
                csv.toString(),
                "--validation",
                Double.toString(held),
                "--hold-out",
                "last",
                "--scale",
                "standard",
                "--no-progress",
                "--out",
                model.toString()));
    command.addAll(Arrays.asList(flags));
    StringWriter messages = new StringWriter();
    int exit =
        io.weir.trainer.Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(messages),
            command.toArray(String[]::new));
    if (exit != 0) {
      throw new IllegalStateException("%s%n%s".formatted(command, messages));
    }
    return model;
  }
}
