package io.weir.benchmarks.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One setting of `train` on every tabular set, several splits each, beside the unsupervised
/// baselines of the same splits.
public final class Tabular {
  private static final List<String> METHODS =
      List.of("kNN", "IForest", "VAE", "OCSVM", "LOF", "Mahalanobis", "AE", "PCA");

  private Tabular() {}

  /// Arguments: [QualityArguments].
  public static void main(String[] args) throws IOException, InterruptedException {
    QualityArguments arguments = QualityArguments.parse(args, "tabular.csv");
    Baselines baselines = Baselines.read(LabelledSet.folder());
    List<LabelledSet> tabular = LabelledSet.tabular();
    List<LabelledSet> others = List.of(LabelledSet.logCounts(), LabelledSet.higgs());
    List<List<List<Run>>> sets = new ArrayList<>();
    Path folder = Files.createTempDirectory("weir-tabular");
    for (LabelledSet set : Stream.concat(tabular.stream(), others.stream()).toList()) {
      sets.add(List.of(Run.all(set, arguments.seeds(), arguments.flags(), folder)));
    }
    Run.write(arguments.csv(), sets.stream().flatMap(List::stream).flatMap(List::stream).toList());
    List<String> weir = List.of("Weir");
    print(new QualityTable("auroc", Run::auroc, weir, METHODS, baselines), sets, tabular.size());
    print(new QualityTable("auprc", Run::auprc, weir, METHODS, baselines), sets, tabular.size());
  }

  private static void print(QualityTable table, List<List<List<Run>>> sets, int averaged) {
    List<List<List<Run>>> tabular = sets.subList(0, averaged);
    System.out.println(table.header());
    tabular.forEach(set -> System.out.println(table.row(set)));
    System.out.println(table.meanRow(tabular));
    sets.subList(averaged, sets.size()).forEach(set -> System.out.println(table.row(set)));
    System.out.println();
  }
}
