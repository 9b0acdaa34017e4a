package io.weir.trainer.command;

import io.weir.detector.DetectorRefusedException;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.features.ColumnTable;
import io.weir.trainer.fit.EpochLossCsv;
import io.weir.trainer.fit.FitResult;
import io.weir.trainer.fit.FitSettings;
import io.weir.trainer.fit.HoldOut;
import io.weir.trainer.publish.BackgroundRows;
import io.weir.trainer.publish.CardWriter;
import io.weir.trainer.publish.ParityException;
import io.weir.trainer.publish.Provenance;
import io.weir.trainer.publish.Published;
import io.weir.trainer.publish.Publisher;
import io.weir.trainer.report.CardReport;
import io.weir.trainer.report.ModelSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    customSynopsis = {
      "weir train --data SOURCE [OPTIONS]",
      "       weir train --topic NAME --bootstrap-servers HOST:PORT --registry URL [OPTIONS]"
    },
    defaultValueProvider = ConfigDefaults.class,
    description = {
      "Learns from rows what normal looks like and publishes it as one ONNX file.",
      "With --label, only the rows labelled 0 train; a preset with a classifier learns from both"
          + " kinds.",
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
      "  weir train --data higgs.csv.gz --label label --split 0.7 --preset vae-dnn-inputs",
      "  weir train --data today.csv --from payments.onnx --learning-rate 1e-4 --out payments.onnx",
      "  weir train --topic payments --bootstrap-servers broker:9092 --registry"
          + " http://registry:8081 \\",
      "      --since 2026-11-01 --spool payments.spool --out payments.onnx",
      "  weir train --data machines.csv --key machine --time at --steps 10 --max-gap 5m",
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

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "Continue the training of this model file: network, features and preprocessing stay as"
              + " they are, and its settings hold where no flag says otherwise.")
  private Path from;

  @Mixin private SourceOptions source;
  @Mixin private FeatureOptions features;
  @Mixin private WindowOptions windows;
  @Mixin private VariantOptions variant;
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
      names = "--hold-out",
      paramLabel = "WHICH",
      description =
          "Which rows are held out: random ones, drawn by the seed, or the last ones (default:"
              + " random; of windows always the last of each key).")
  private HoldOut holdOut;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--background-rows",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "How many rows the model keeps to stand for all training rows, for weir explain to"
              + " compare events with; fewer where they are long, 0 for none (default:"
              + " ${DEFAULT-VALUE}).")
  private int backgroundRows;

  @Mixin private JudgingOptions judgement;
  @Mixin private IdentityOptions identity;

  @Mixin private RunOptions run;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, ParityException, DetectorRefusedException {
    long started = System.nanoTime();
    source.check();
    features.assumeRoles(source);
    Subject subject = Subject.asked(from, variant, network, features, windows);
    FitSettings settings = settings(subject);
    Judging asked = judgement.judging(subject);
    Path file = identity.file(source.stem());
    Path history = identity.history(file);
    Optional<Instant> created = identity.created();

    TrainRows rows =
        TrainRows.read(subject, source, features, windows, run.bar(), spec.commandLine().getErr())
            .heldOut(holdOut, validation);
    Judging judging =
        asked.on(rows.rows().features(), rows.rows().eventsPerDay(), subject.eventsPerDay());
    Training training = subject.training(settings, rows.rows(), rows.split(), source.storage());
    announce(subject, training, rows);
    FitResult result = fit(training, settings);
    EpochLossCsv.write(result.history(), history);

    Instant published = created.orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS));
    Provenance provenance =
        new Provenance(
            identity.name(source.stem()),
            identity.version(published),
            published,
            subject.preset(),
            settings,
            Training.history(result, created.isEmpty()),
            rows.sources(),
            subject.parent());
    RowValues judged = training.judgedRows(result);
    Published model =
        Publisher.publish(
            training.detector(result),
            provenance,
            training.fittedRows(result),
            judged,
            scores -> training.judge(scores, judged, judging, spec.commandLine().getErr()::println),
            BackgroundRows.choose(
                training.usualRows(result), training.preprocessor(), backgroundRows, seed),
            file);
    double seconds = (System.nanoTime() - started) / 1e9;
    conclude(model, TrainResult.of(model, result, rows.rows().rows(), history, seconds));
    return 0;
  }

  private void announce(Subject subject, Training training, TrainRows rows) {
    PrintWriter messages = spec.commandLine().getErr();
    messages.println(ColumnTable.print(rows.rows().columns()));
    messages.println(
        ModelSummary.of(CardWriter.architecture(training.network(), subject.preset())));
    messages.println();
    messages.printf(
        "%,d rows of %s%s%n",
        rows.events(), source.name(), rows.filter().map(f -> " (%s)".formatted(f)).orElse(""));
    if (subject.supervised()) {
      int anomalies = 0;
      for (byte label : rows.rows().labels()) {
        anomalies += label;
      }
      messages.printf(
          "%,d of %s are normal, %,d anomalies%n",
          rows.rows().rows() - anomalies,
          rows.windowed().isPresent() ? "their windows" : "them",
          anomalies);
    }
    subject
        .parent()
        .ifPresent(
            parent ->
                messages.printf(
                    "Continuing from %s %s (%s)%n", parent.name(), parent.version(), from));
    rows.tell(messages, seed, validation);
    messages.flush();
  }

  private void conclude(Published model, TrainResult result) {
    PrintWriter messages = spec.commandLine().getErr();
    messages.printf(
        "%s after %d epochs; the weights of epoch %d are kept%n",
        result.interrupted() ? "Stopped by Ctrl-C" : "Trained",
        result.epochs(),
        result.bestEpoch());
    messages.printf(
        "Parity: ONNX Runtime and the engine agree on %,d rows; furthest apart: %s%n",
        model.parity().rows(), model.parity().worst());
    messages.println(CardReport.tail(model.card().scores()));
    messages.printf("Published after %.1f s%n%n", result.seconds());
    messages.flush();
    PrintWriter out = spec.commandLine().getOut();
    switch (run.output) {
      case TEXT -> out.println(result.text());
      case JSON -> out.println(JsonText.snakeCase(result));
    }
  }

  private FitSettings settings(Subject subject) {
    if (features.allRows && source.split != null && !subject.supervised()) {
      throw new ConfigException(
          "--all-rows and --split exclude each other: the train part has normal rows only");
    }
    subject.window().ifPresent(window -> source.requireNoSplit(window.steps()));
    if (holdOut == HoldOut.RANDOM && subject.window().isPresent()) {
      throw new ConfigException(
          "--hold-out random: windows overlap, so that random ones would share events with those"
              + " that train; leave it out, and the last ones of each key are held out");
    }
    if (!(validation >= 0 && validation < 1)) {
      throw new ConfigException(
          "--validation %s: a fraction from 0 to below 1 is needed".formatted(validation));
    }
    if (backgroundRows < 0 || backgroundRows > BackgroundRows.MAX_ROWS) {
      throw new ConfigException(
          "--background-rows %d: must be 0 to %,d"
              .formatted(backgroundRows, BackgroundRows.MAX_ROWS));
    }
    return subject.schedule().settings(validation, seed, run.threads());
  }

  private FitResult fit(Training training, FitSettings settings) {
    PrintWriter messages = spec.commandLine().getErr();
    Interrupt interrupt =
        new Interrupt(messages, "Stopping after this step; Ctrl-C again ends at once.");
    // The progress bar's terminal takes the signal for itself, so it must come first.
    try (FitProgress progress =
            new FitProgress(messages, settings.epochs(), interrupt::requested, run.bar());
        Interrupt _ = interrupt.listen()) {
      return training.fit(progress);
    }
  }
}
