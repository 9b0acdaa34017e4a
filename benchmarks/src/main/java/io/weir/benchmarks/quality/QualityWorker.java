package io.weir.benchmarks.quality;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Trains and evaluates as a user would, by the commands, one split after the other.
public final class QualityWorker {
  private static final String FRACTION = "0.7";

  private QualityWorker() {}

  /// Arguments: the data, the model file, the number of seeds, flags of `train`. Prints the JSON of
  /// `train` and that of `evaluate`, a line each, for every seed.
  public static void main(String[] args) {
    String data = args[0];
    String model = args[1];
    int seeds = Integer.parseInt(args[2]);
    for (int seed = 0; seed < seeds; seed++) {
      List<String> rows =
          List.of(
              "--data",
              data,
              "--label",
              "label",
              "--split",
              FRACTION,
              "--split-seed",
              Integer.toString(seed));
      List<String> train = new ArrayList<>(List.of("train", "--out", model, "--no-progress"));
      train.addAll(List.of("--seed", Integer.toString(seed)));
      train.addAll(rows);
      train.addAll(Arrays.asList(args).subList(3, args.length));
      System.out.println(json(train));
      List<String> evaluate = new ArrayList<>(List.of("evaluate", "--model", model));
      evaluate.addAll(rows);
      System.out.println(json(evaluate));
    }
  }

  /// Runs a command; ends the process where it fails.
  private static String json(List<String> command) {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of("--output", "json"));
    StringWriter out = new StringWriter();
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exit =
        io.weir.trainer.Main.run(new PrintWriter(out), err, arguments.toArray(String[]::new));
    if (exit != 0) {
      System.exit(exit);
    }
    return out.toString().lines().reduce("", (all, line) -> all + line.strip());
  }
}
