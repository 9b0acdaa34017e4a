package io.weir.trainer.command;

import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.Recipe;
import io.weir.trainer.data.DataReader;
import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.features.ColumnTable;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.EarlyStopping;
import io.weir.trainer.fit.EpochLossCsv;
import io.weir.trainer.fit.Fit;
import io.weir.trainer.fit.FitResult;
import io.weir.trainer.fit.FitSettings;
import io.weir.trainer.fit.TrainingRows;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir train`: rows become a published model.
@Command(
    name = "train",
    customSynopsis = "weir train --data SOURCE [OPTIONS]",
    defaultValueProvider = ConfigDefaults.class,
    description = {
      "Learns from rows what normal looks like and publishes it as one ONNX file.",
      "With --label, only the rows labelled 0 train.",
      "Ctrl-C ends the training after the current step, and the best weights so far are published"
          + " (exit code 0); a second one ends at once, with nothing published (exit code 130)."
    },
    footer = {
      "",
      "Examples:",
      "  weir train --data payments.csv --exclude id --label fraud --out payments.onnx",
      "  weir train --data 'day-*.parquet' --where \"amount > 0\" --log10 amount --layers 32,16"
          + " --latent 4",
      "  weir train --data shuttle.csv.gz --label label --split 0.7 --preset ml4anomalies-extended",
      "  weir train --config train.yaml --epochs 200"
    })
public final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML with any of these flags as keys, without dashes; a flag that is given overrides"
              + " it.")
  private Path config;

  @Mixin private SourceOptions source;
  @Mixin private FeatureOptions features;
  @Mixin private NetworkOptions network;

  @Option(
      names = "--validation",
      paramLabel = "FRACTION",
      defaultValue = "0.1",
      description =
          "Of the training rows, held out: they choose the best epoch and the thresholds (default:"
              + " ${DEFAULT-VALUE}).")
  private double validation;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after N epochs in a row without a lower validation loss.")
  private Integer patience;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "At most this many (default: all processors); the result does not depend on it.")
  private Integer threads;

  @Mixin private IdentityOptions identity;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "How the result is printed: text (default) or json.")
  private OutputFormat output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Recipe recipe = network.recipe(features.scaling().orElse(null));
    FitSettings settings = settings(recipe);
    Path file = identity.file(source.data);
    Path history = identity.history(file);
    PrintWriter messages = spec.commandLine().getErr();

    Dataset rows = read(recipe);
    messages.println(ColumnTable.print(rows.columns()));
    Preprocessor preprocessor =
        Preprocessor.fit(rows.features(), rows.treatments(), rows.values(), rows.rows());
    NetworkSpec spec = recipe.shape().network(preprocessor.inputs());

    FitResult result = fit(recipe, settings, spec, inputs(rows, preprocessor));
    EpochLossCsv.write(result.history(), history);
    return 0;
  }

  private FitSettings settings(Recipe recipe) {
    if (features.allRows && source.split != null) {
      throw new ConfigException(
          "--all-rows and --split exclude each other: the train part has normal rows only");
    }
    if (!(validation >= 0 && validation < 1)) {
      throw new ConfigException(
          "--validation %s: a fraction from 0 to below 1 is needed".formatted(validation));
    }
    if (patience != null && patience < 1) {
      throw new ConfigException("--patience %d: must be at least 1".formatted(patience));
    }
    if (threads != null && threads < 1) {
      throw new ConfigException("--threads %d: must be at least 1".formatted(threads));
    }
    return new FitSettings(
        Adam.keras(recipe.schedule().learningRate()),
        recipe.schedule().batch(),
        recipe.schedule().epochs(),
        validation,
        Optional.ofNullable(patience).map(epochs -> new EarlyStopping(epochs, 0)),
        seed,
        threads == null ? Runtime.getRuntime().availableProcessors() : threads);
  }

  private Dataset read(Recipe recipe) {
    Dataset all = DataReader.infer(features.request(source.source(), recipe.scaling()));
    Dataset rows = source.select(all, SourceOptions.Part.TRAIN);
    if (rows.rows() == 0) {
      throw new DataException(
          "No row is left to train on: %,d were read, and --split %s takes none of them"
              .formatted(all.rows(), source.split));
    }
    return rows;
  }

  private static TrainingRows inputs(Dataset rows, Preprocessor preprocessor) {
    float[] inputs = new float[Math.multiplyExact(rows.rows(), preprocessor.inputs())];
    preprocessor.apply(rows.values(), rows.rows(), inputs);
    return new TrainingRows(inputs, rows.rows(), preprocessor.inputs(), rows.weights());
  }

  private FitResult fit(
      Recipe recipe, FitSettings settings, NetworkSpec network, TrainingRows rows) {
    PrintWriter messages = spec.commandLine().getErr();
    try (Interrupt interrupt =
            Interrupt.listen(messages, "Stopping after this step; Ctrl-C again ends at once.");
        FitProgress progress =
            new FitProgress(messages, settings.epochs(), interrupt::requested, terminal())) {
      return new Fit().run(network, recipe.objective(), rows, settings, progress);
    }
  }

  private static boolean terminal() {
    return System.console() != null && System.console().isTerminal();
  }
}
