package io.weir.benchmarks.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// VAE and classifier trained together on labelled rows, one preset for each input of the
/// classifier, beside the supervised baselines of the same splits: 70 % of each kind trains.
public final class SemiSupervised {
  private static final List<String> PRESETS = List.of("M10A", "M10B", "M10C", "M10X");
  private static final List<String> METHODS = List.of("sup_LogReg", "sup_HGB", "sup_MLP");

  private SemiSupervised() {}

  /// Arguments: [QualityArguments].
  public static void main(String[] args) throws IOException, InterruptedException {
    QualityArguments arguments = QualityArguments.parse(args, "semi-supervised.csv");
    Baselines baselines = Baselines.read(LabelledSet.folder());
    Path folder = Files.createTempDirectory("weir-semi-supervised");
    List<List<List<Run>>> sets = new ArrayList<>();
    for (LabelledSet set : List.of(LabelledSet.higgs(), LabelledSet.named("cardiotocography"))) {
      List<List<Run>> ofSet = new ArrayList<>();
      for (String preset : PRESETS) {
        List<String> flags = new ArrayList<>(List.of("--preset", preset));
        flags.addAll(arguments.flags());
        ofSet.add(Run.all(set, arguments.seeds(), flags, folder));
      }
      sets.add(ofSet);
    }
    Run.write(arguments.csv(), sets.stream().flatMap(List::stream).flatMap(List::stream).toList());
    print(new QualityTable("auroc", Run::auroc, PRESETS, METHODS, baselines), sets);
    print(new QualityTable("auprc", Run::auprc, PRESETS, METHODS, baselines), sets);
  }

  private static void print(QualityTable table, List<List<List<Run>>> sets) {
    System.out.println(table.header());
    sets.forEach(set -> System.out.println(table.row(set)));
    System.out.println();
  }
}
