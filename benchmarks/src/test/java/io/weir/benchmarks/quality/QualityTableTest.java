package io.weir.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityTableTest {
  @Test
  void putsTheMeanOverTheSeedsBesideTheBaselines(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("baselines.json"),
        """
        {"datasets": {
          "dev/tabular/a": {"methods": {"kNN": {"auroc": {"mean": 0.91, "std": 0}}}},
          "dev/tabular/b": {"methods": {"kNN": {"auroc": {"mean": 0.72, "std": 0}}}}}}
        """);
    QualityTable table =
        new QualityTable(
            "auroc", Run::auroc, List.of("Weir"), List.of("kNN"), Baselines.read(folder));

    List<List<Run>> a = List.of(List.of(run("a", 0, 0.9), run("a", 1, 0.8)));
    List<List<Run>> b = List.of(List.of(run("b", 0, 0.5), run("b", 1, 0.5)));

    assertThat(table.header()).isEqualTo("| AUROC | Weir | kNN |\n|---|---:|---:|");
    assertThat(table.row(a)).isEqualTo("| a | 85.0 | 91.0 |");
    assertThat(table.meanRow(List.of(a, b))).isEqualTo("| **mean of 2** | 67.5 | 81.5 |");
  }

  private static Run run(String set, int seed, double auroc) {
    return new Run(set, "", seed, auroc, 0.5, "quantile:0.999", 1, 0.5, 2);
  }
}
