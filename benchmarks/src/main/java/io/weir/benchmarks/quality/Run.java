package io.weir.benchmarks.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.benchmarks.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One model of one split: trained on its train part, measured on its test part.
///
/// @param flags of `train` beside data, label, split and seeds; empty for its defaults
/// @param seed of the split and of the training
/// @param auroc area under the ROC curve, 0 to 1
/// @param auprc average precision, 0 to 1
/// @param policy what chose the threshold
/// @param precision at the threshold, 0 to 1, NaN where nothing is flagged
/// @param recall at the threshold, 0 to 1
/// @param trainSeconds from the command's start to the published file
record Run(
    String set,
    String flags,
    int seed,
    double auroc,
    double auprc,
    String policy,
    double precision,
    double recall,
    double trainSeconds) {
  private static final String CSV_HEADER =
      "set,flags,seed,auroc,auprc,policy,precision,recall,train_seconds";

  private static final JsonMapper JSON = new JsonMapper();

  /// Runs seeds 0 to `seeds` (exclusive) by the commands `train` and `evaluate`, one after the
  /// other in a JVM of their own, and tells the AUROC of each on stderr.
  ///
  /// @param folder for the model and the log
  static List<Run> all(LabelledSet set, int seeds, List<String> flags, Path folder)
      throws IOException, InterruptedException {
    List<String> args = new ArrayList<>();
    args.add(set.file().toString());
    args.add(folder.resolve(set.name() + ".onnx").toString());
    args.add(Integer.toString(seeds));
    args.addAll(flags);
    List<String> lines =
        ChildJvm.run(
            folder.resolve("log.txt"),
            List.of("--add-modules", "jdk.incubator.vector"),
            QualityWorker.class,
            args);
    List<Run> runs = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      JsonNode trained = JSON.readTree(lines.get(2 * seed));
      JsonNode measured = JSON.readTree(lines.get(2 * seed + 1));
      runs.add(of(set, flags, seed, trained, measured));
    }
    System.err.printf(
        "%s: AUROC %s%n",
        String.join(" ", args.subList(3, args.size())).concat(" " + set.name()).strip(),
        String.join(", ", runs.stream().map(run -> "%.4f".formatted(run.auroc)).toList()));
    return runs;
  }

  private static Run of(
      LabelledSet set, List<String> flags, int seed, JsonNode trained, JsonNode measured) {
    return new Run(
        set.name(),
        String.join(" ", flags),
        seed,
        measured.required("auroc").doubleValue(),
        measured.required("auprc").doubleValue(),
        measured.required("policy").textValue(),
        measured.required("precision").asDouble(Double.NaN),
        measured.required("recall").doubleValue(),
        trained.required("seconds").doubleValue());
  }

  /// Writes runs as CSV, one line each.
  static void write(Path csv, List<Run> runs) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(CSV_HEADER);
    for (Run run : runs) {
      lines.add(
          "%s,\"%s\",%d,%s,%s,%s,%s,%s,%s"
              .formatted(
                  run.set,
                  run.flags.replace("\"", "\"\""),
                  run.seed,
                  run.auroc,
                  run.auprc,
                  run.policy,
                  run.precision,
                  run.recall,
                  run.trainSeconds));
    }
    Files.write(csv, lines);
    System.err.println("All runs: " + csv);
  }
}
