package io.weir.benchmarks.incidents;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Trains as a user would, by the command, in a JVM of its own.
public final class TrainWorker {
  private TrainWorker() {}

  /// Arguments: those of the trainer's commands.
  public static void main(String[] args) {
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(io.weir.trainer.Main.run(err, err, args));
  }
}
