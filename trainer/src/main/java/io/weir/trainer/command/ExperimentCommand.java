package io.weir.trainer.command;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.Recipe;
import io.weir.trainer.config.Schedule;
import io.weir.trainer.config.Selection;
import io.weir.trainer.config.Variant;
import io.weir.trainer.data.DataReader;
import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.DataRequest.Source;
import io.weir.trainer.fit.Criterion;
import io.weir.trainer.grid.Candidate;
import io.weir.trainer.grid.Experiment;
import io.weir.trainer.grid.Folds;
import io.weir.trainer.grid.ResultFolder;
import io.weir.trainer.grid.Summary;
import io.weir.trainer.report.SummaryTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir experiment`: which network suits the rows.
@Command(
    name = "experiment",
    customSynopsis = "weir experiment --data SOURCE --out FOLDER [OPTIONS]",
    defaultValueProvider = ConfigDefaults.class,
    description = {
      "Trains every combination of the listed settings on every fold of the rows (k-fold"
          + " cross-validation) and compares what the held-out rows cost: mean, standard deviation,"
          + " best fold.",
      "FOLDER gets runs.csv (a line for each training), summary.csv, settings.json and the losses"
          + " per epoch in history/.",
      "The same command goes on where it was interrupted; only the grid may be extended. Ctrl-C"
          + " gives up the training under way and keeps all others (exit code 130).",
      "The weights of the last epoch are measured; --criterion loss or --patience take the best one"
          + " by the held-out rows, which then judge their own choice."
    },
    footer = {
      "",
      "Examples:",
      "  weir experiment --data payments.csv --label fraud --out widths --kind autoencoder,vae"
          + " --latent 2,4,8",
      "  weir experiment --data train-images-idx3-ubyte.gz --test t10k-images-idx3-ubyte.gz \\",
      "      --out grid --preset dynamic-autoencoder,dynamic-vae --depth 1,2,3 --latent 2,5",
      "  weir experiment --data train-images-idx3-ubyte.gz --out beta --first-folds 3 --epochs 20"
          + " \\",
      "      --preset dynamic-beta-vae --beta 0.02,0.5,1,1.5,4,10 --output json"
    })
public final class ExperimentCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML with any of these flags as keys, without dashes; a flag that is given overrides"
              + " it.")
  private Path config;

  @Mixin private SourceOptions source;

  @Option(
      names = "--test",
      paramLabel = "SOURCE",
      description =
          "Rows that no fold learns from: every trained network is measured on them, too. --where"
              + " and the label's flags count here as for --data.")
  private String test;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "Where the results go, and are found again; made if needed.")
  private Path out;

  @Mixin private GridOptions grid;

  @Option(
      names = "--folds",
      paramLabel = "K",
      defaultValue = "10",
      description =
          "The rows are shuffled by the seed and cut in K parts; each is held out once (default:"
              + " ${DEFAULT-VALUE}).")
  private int folds;

  @Option(
      names = "--first-folds",
      paramLabel = "N",
      description = "Only the first N of the K folds; more of them later is no other experiment.")
  private Integer firstFolds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Of everything random; each further fold starts from one more (default:"
              + " ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private NetworkOptions network;
  @Mixin private FeatureOptions features;

  @Mixin private RunOptions run;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    long started = System.nanoTime();
    checkFlags();
    source.check();
    features.assumeRoles(source);
    int threads = run.threads();
    List<Candidate> candidates = grid.grid().variants().stream().map(this::candidate).toList();
    Scaling scaling = scaling(candidates);
    Dataset rows = read(scaling);
    Dataset unseen = test == null ? null : readTest(scaling, rows);
    Folds dealt = Folds.draw(rows.rows(), folds, seed);
    int wanted = firstFolds == null ? folds : firstFolds;
    try (ResultFolder results = ResultFolder.open(out, ExperimentSettings.of(spec, rows, unseen))) {
      Experiment experiment =
          new Experiment(
              candidates, rows, unseen, source.storage(), dealt, wanted, seed, threads, results);
      announce(experiment, candidates, rows, unseen, wanted);
      boolean completed = run(experiment);
      ExperimentResult result =
          new ExperimentResult(
              out.toString(),
              rows.rows(),
              unseen == null ? null : unseen.rows(),
              folds,
              experiment.trainings(),
              experiment.done(),
              !completed,
              experiment.summaries().stream().map(ExperimentResult.Place::of).toList(),
              (System.nanoTime() - started) / 1e9);
      conclude(result, experiment.summaries());
      return completed ? 0 : Interrupt.EXIT_CODE;
    }
  }

  private void checkFlags() {
    if (firstFolds != null && (firstFolds < 1 || firstFolds > folds)) {
      throw new ConfigException(
          "--first-folds %d: from 1 to --folds, which is %d".formatted(firstFolds, folds));
    }
  }

  private Candidate candidate(Variant variant) {
    try {
      Recipe recipe = network.recipe(variant, features.scaling().orElse(null));
      if (recipe.supervised()) {
        throw new ConfigException(
            "experiments compare autoencoders, not classifiers; weir train and weir evaluate do");
      }
      return new Candidate(variant, recipe.withSchedule(lastEpoch(recipe.schedule())));
    } catch (ConfigException e) {
      throw new ConfigException("%s: %s".formatted(variant, e.getMessage()));
    }
  }

  /// The held-out rows only judge, unless they were asked to choose.
  private Schedule lastEpoch(Schedule schedule) {
    Selection selection = schedule.selection();
    boolean asked = spec.findOption("--criterion").getValue() != null;
    if (asked || selection.criterion() != Criterion.LOSS || selection.patience().isPresent()) {
      return schedule;
    }
    return schedule.withSelection(
        new Selection(Criterion.LAST, selection.patience(), selection.decodesMean()));
  }

  /// The one scaling of all, since they are to be compared on the same rows.
  private static Scaling scaling(List<Candidate> candidates) {
    Candidate first = candidates.getFirst();
    for (Candidate other : candidates) {
      if (other.recipe().scaling() != first.recipe().scaling()) {
        throw new ConfigException(
            "%s scales by %s, %s by %s: give --scale, one for all"
                .formatted(
                    first.variant().preset().label(),
                    Words.of(first.recipe().scaling()),
                    other.variant().preset().label(),
                    Words.of(other.recipe().scaling())));
      }
    }
    return first.recipe().scaling();
  }

  private Dataset read(Scaling scaling) {
    Dataset all =
        source.read(
            spec.commandLine().getErr(),
            run.bar(),
            (from, progress) ->
                DataReader.infer(
                    features.request(from, scaling, false), source.storage(), progress));
    return source.select(all, false, SourceOptions.Part.TRAIN);
  }

  private Dataset readTest(Scaling scaling, Dataset rows) {
    Source from = new Source(test, source.format, source.where, Long.MAX_VALUE, null);
    try (ReadProgress progress = new ReadProgress(spec.commandLine().getErr(), test)) {
      DataRequest request = features.request(from, scaling, false);
      return DataReader.bind(request, rows.features(), source.storage(), progress);
    }
  }

  private void announce(
      Experiment experiment, List<Candidate> candidates, Dataset rows, Dataset unseen, int wanted) {
    PrintWriter messages = spec.commandLine().getErr();
    messages.printf(
        "%,d rows of %s%s, %d features%n",
        rows.rows(),
        source.name(),
        unseen == null ? "" : ", %,d test rows of %s".formatted(unseen.rows(), test),
        rows.features().size());
    messages.printf(
        "%d settings x %s: %d trainings%s%n",
        candidates.size(),
        wanted == folds ? folds + " folds" : "the first %d of %d folds".formatted(wanted, folds),
        experiment.trainings(),
        experiment.done() == 0
            ? ""
            : ", %d of them done before (%s)".formatted(experiment.done(), out));
    messages.flush();
  }

  private boolean run(Experiment experiment) throws IOException {
    PrintWriter messages = spec.commandLine().getErr();
    Interrupt interrupt =
        new Interrupt(
            messages, "Stopping after this step; finished trainings are kept. Again ends at once.");
    // The progress bar's terminal takes the signal for itself, so it must come first.
    try (ExperimentProgress progress =
            new ExperimentProgress(
                messages,
                experiment.trainings(),
                experiment.done(),
                interrupt::requested,
                run.bar());
        Interrupt _ = interrupt.listen()) {
      return experiment.run(progress);
    }
  }

  private void conclude(ExperimentResult result, List<Summary> summaries) {
    PrintWriter messages = spec.commandLine().getErr();
    messages.printf(
        "%s%d of %d trainings are done, after %.1f s; results are in %s%n%n",
        result.interrupted() ? "Interrupted, the same command goes on: " : "",
        result.done(),
        result.trainings(),
        result.seconds(),
        result.out());
    messages.flush();
    PrintWriter stdout = spec.commandLine().getOut();
    switch (run.output) {
      case JSON -> stdout.println(JsonText.snakeCase(result));
      case TEXT -> {
        if (!summaries.isEmpty()) {
          print(stdout, summaries);
        }
      }
    }
  }

  private void print(PrintWriter stdout, List<Summary> summaries) {
    stdout.println("Held-out rows, mean ± standard deviation over the folds");
    stdout.println(SummaryTable.validation(summaries));
    if (test != null) {
      stdout.println();
      stdout.println("Test rows");
      stdout.println(SummaryTable.test(summaries));
    }
    stdout.println();
    stdout.println(
        "Reconstruction is as each preset reduces it: compare different ones by MSE, L1 and BCE.");
  }
}
