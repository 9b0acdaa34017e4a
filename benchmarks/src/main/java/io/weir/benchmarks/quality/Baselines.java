package io.weir.benchmarks.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;

/// What other methods reach on the same splits: the file `baselines.json` beside the data sets.
final class Baselines {
  private final JsonNode sets;

  private Baselines(JsonNode sets) {
    this.sets = sets;
  }

  static Baselines read(Path folder) throws IOException {
    return new Baselines(
        new JsonMapper().readTree(folder.resolve("baselines.json").toFile()).required("datasets"));
  }

  /// A method's mean over the seeds, 0 to 1.
  ///
  /// @param method as the file names it
  /// @param metric `auroc` or `auprc`
  double mean(String set, String method, String metric) {
    return sets.required("dev/tabular/" + set)
        .required("methods")
        .required(method)
        .required(metric)
        .required("mean")
        .doubleValue();
  }
}
