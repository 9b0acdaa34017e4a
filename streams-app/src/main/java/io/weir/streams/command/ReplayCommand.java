package io.weir.streams.command;

import io.weir.streams.config.SettingKeys;
import io.weir.streams.config.Settings;
import io.weir.streams.replay.ReplayListener;
import io.weir.streams.replay.ReplayOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `replay`: a range of the input topics once more, with any model and thresholds.
@Command(
    name = "replay",
    description =
        "Score a range of the input topics once more, as the live application does or would with"
            + " another model or threshold, and sum it up. Reads without a group: a live"
            + " application is not touched.",
    sortOptions = false,
    footer = {
      "",
      "The live application's settings file (--config) is enough as it is: its topics, model,",
      "threshold, windows, incidents and reader schema are the replay's, unless an option says",
      "otherwise. Without a file, give --bootstrap-servers, --schema-registry, --topic and"
          + " --model.",
      "",
      "Writes alerts.jsonl and result.json into the folder of --out. Bad records are counted, by",
      "reason, and written nowhere.",
      "",
      "Exit code: 0 if the range was replayed, 1 if it failed or was interrupted (it then says how",
      "to resume), 2 for wrong options or settings."
    })
public final class ReplayCommand implements Callable<Integer> {
  private static final int MODELS_MAX = 2;

  private final Runner runner;

  @Mixin private SettingOptions settings;

  @Mixin private InputOptions input;

  @Mixin private RangeOptions range;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description =
          "A published model. Given twice, both are compared in one pass. Default: that of the"
              + " settings.")
  private List<Path> models = new ArrayList<>();

  @Mixin private ThresholdOptions thresholds;

  @ArgGroup private LabelOptions labels = new LabelOptions();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Folder of the replay. Default: replay-<id>.")
  private Path out;

  @Option(
      names = "--alerts-topic",
      paramLabel = "TOPIC",
      description =
          "Write the alerts to this topic, too, each exactly once. Must be there, and be none of"
              + " the live application's.")
  private String alertsTopic;

  @Option(
      names = "--max-rate",
      paramLabel = "N",
      description = "Most events per second, of all threads together.")
  private Double maxRate;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Partitions that are replayed at the same time. Default: one per processor.")
  private Integer threads;

  @Option(
      names = "--resume",
      description = "Go on with the interrupted replay in the folder, from its last checkpoint.")
  private boolean resume;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The replay's id, which its alerts carry. Default: one made of the time.")
  private String id;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Spec private CommandSpec spec;

  /// @param runner replays
  public ReplayCommand(Runner runner) {
    this.runner = runner;
  }

  /// Replays.
  @FunctionalInterface
  public interface Runner {
    /// @param json whether the result is written as JSON
    /// @param listener hears how it goes
    /// @param done to be called before anything is written
    /// @param out receives the result
    /// @param err receives messages
    /// @return the exit code
    int run(
        ReplayOptions options,
        boolean json,
        ReplayListener listener,
        Runnable done,
        PrintWriter out,
        PrintWriter err);
  }

  private enum Format {
    text,
    json
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    check();
    List<Settings> all = new ArrayList<>();
    for (Path model : models.isEmpty() ? Collections.<Path>singletonList(null) : models) {
      Optional<Settings> one =
          settings.settings(err, Map.of(SettingKeys.APPLICATION_ID, "weir-replay"), flags(model));
      if (one.isEmpty()) {
        return CommandLine.ExitCode.USAGE;
      }
      all.add(one.get());
    }
    ReplayOptions options = options(all);
    try (ReplayProgress progress =
        new ReplayProgress(
            err,
            System.console() != null && System.console().isTerminal() && format == Format.text)) {
      return runner.run(
          options,
          format == Format.json,
          progress,
          progress::close,
          spec.commandLine().getOut(),
          err);
    }
  }

  private void check() {
    if (models.size() > MODELS_MAX) {
      throw usage(
          "--model is given %d times: one model, or two to compare".formatted(models.size()));
    }
    thresholds.check();
    if (maxRate != null && !(maxRate > 0 && Double.isFinite(maxRate))) {
      throw usage("--max-rate %s: it must be above 0".formatted(maxRate));
    }
    if (threads != null && threads < 1) {
      throw usage("--threads %d: it must be at least 1".formatted(threads));
    }
    if (id != null && !id.matches("[A-Za-z0-9._-]{1,100}")) {
      throw usage(
          "--id %s: it has 1 to 100 letters, digits, dots, underscores and hyphens".formatted(id));
    }
    if (resume && id == null && out == null) {
      throw usage("--resume: say which replay, by --out or --id");
    }
  }

  private Map<String, String> flags(Path model) {
    Map<String, String> flags = input.flags();
    if (model != null) {
      flags.put(SettingKeys.MODEL_FILE, model.toString());
    }
    thresholds.ofAlerts().ifPresent(policy -> flags.put(SettingKeys.THRESHOLD, policy));
    return flags;
  }

  private ReplayOptions options(List<Settings> all) {
    RangeOptions.Range bounds = range.range();
    return new ReplayOptions(
        all,
        thresholds.counted(all.getFirst().threshold()),
        thresholds.sweep(),
        bounds.from(),
        bounds.to(),
        bounds.warmUp(),
        labels.source(),
        Optional.ofNullable(id),
        Optional.ofNullable(out),
        Optional.ofNullable(alertsTopic),
        maxRate == null ? OptionalDouble.empty() : OptionalDouble.of(maxRate),
        threads == null ? OptionalInt.empty() : OptionalInt.of(threads),
        resume,
        spec.commandLine().getParseResult().originalArgs());
  }

  private ParameterException usage(String message) {
    return Usage.error(spec, message);
  }
}
