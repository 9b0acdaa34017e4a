package io.weir.streams.command;

import io.weir.schemas.card.ThresholdPolicy;
import io.weir.streams.config.SettingKeys;
import io.weir.streams.config.Settings;
import io.weir.streams.replay.Bound;
import io.weir.streams.replay.LabelSource;
import io.weir.streams.replay.ReplayListener;
import io.weir.streams.replay.ReplayOptions;
import io.weir.streams.replay.WarmUp;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
  private static final int THRESHOLDS_MAX = 20;

  private final Runner runner;

  @Mixin private SettingOptions settings;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Brokers; the same as -p bootstrap.servers=...")
  private String bootstrapServers;

  @Option(
      names = "--schema-registry",
      paramLabel = "URL",
      description = "The schema registry; the same as -p weir.schema.registry.url=...")
  private String schemaRegistry;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Replay this input topic. May be repeated. Default: those of the settings.")
  private List<String> topics = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      defaultValue = "earliest",
      description =
          "Begin with the first record of each partition that is not older: "
              + Bound.FORMS
              + ". Default: ${DEFAULT-VALUE}.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      defaultValue = "latest",
      description =
          "End before the first record that is not older; frozen when the replay begins. Default:"
              + " ${DEFAULT-VALUE}.")
  private String to;

  @Option(
      names = "--warm-up",
      paramLabel = "HISTORY",
      description =
          "How far before --from windows, incidents and cool-downs get their history: "
              + WarmUp.FORMS
              + ". Default: earliest where there are any, which is always exact; else none.")
  private String warmUp;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description =
          "A published model. Given twice, both are compared in one pass. Default: that of the"
              + " settings.")
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--threshold",
      paramLabel = "POLICY",
      description =
          "A threshold: "
              + ThresholdPolicy.FORMS
              + ". May be repeated: alerts are those of the first one, the others are counted in"
              + " the same pass. Default: that of the settings.")
  private List<String> thresholds = new ArrayList<>();

  @Option(
      names = "--sweep",
      description = "Count a grid of thresholds, too, from one event in 100 to one in 100,000.")
  private boolean sweep;

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

  private static final class LabelOptions {
    @Option(
        names = "--labels",
        paramLabel = "FILE",
        description =
            "CSV file of the anomalous events, for precision and recall: its first line is"
                + " partition,offset[,topic] or from,to[,key].")
    private Path file;

    @Option(
        names = "--label-field",
        paramLabel = "FIELD",
        description = "The same by a field of the events: a boolean, or 0 and 1.")
    private String field;
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
    if (thresholds.size() > THRESHOLDS_MAX) {
      throw usage(
          "--threshold is given %d times: at most %d".formatted(thresholds.size(), THRESHOLDS_MAX));
    }
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
    Map<String, String> flags = new LinkedHashMap<>();
    if (bootstrapServers != null) {
      flags.put(SettingKeys.BOOTSTRAP_SERVERS, bootstrapServers);
    }
    if (schemaRegistry != null) {
      flags.put(SettingKeys.REGISTRY_URL, schemaRegistry);
    }
    if (!topics.isEmpty()) {
      flags.put(SettingKeys.INPUT_TOPICS, String.join(",", new LinkedHashSet<>(topics)));
      flags.put(SettingKeys.INPUT_PATTERN, "");
    }
    if (model != null) {
      flags.put(SettingKeys.MODEL_FILE, model.toString());
    }
    if (!thresholds.isEmpty()) {
      flags.put(SettingKeys.THRESHOLD, thresholds.getFirst());
    }
    return flags;
  }

  private ReplayOptions options(List<Settings> all) {
    Bound first = parsed("--from", from, Bound::parse);
    Bound end = parsed("--to", to, Bound::parse);
    if (first instanceof Bound.Latest || end instanceof Bound.Earliest) {
      throw usage("--from %s --to %s: there is nothing between them".formatted(from, to));
    }
    if (first instanceof Bound.At(var begin)
        && end instanceof Bound.At(var until)
        && !begin.isBefore(until)) {
      throw usage("--from %s is not before --to %s".formatted(from, to));
    }
    List<ThresholdPolicy> more = new ArrayList<>();
    for (String text : new LinkedHashSet<>(thresholds)) {
      ThresholdPolicy policy = parsed("--threshold", text, ThresholdPolicy::parse);
      if (!policy.equals(all.getFirst().threshold()) && !more.contains(policy)) {
        more.add(policy);
      }
    }
    return new ReplayOptions(
        all,
        more,
        sweep,
        first,
        end,
        Optional.ofNullable(warmUp).map(text -> parsed("--warm-up", text, WarmUp::parse)),
        labels(),
        Optional.ofNullable(id),
        Optional.ofNullable(out),
        Optional.ofNullable(alertsTopic),
        maxRate == null ? OptionalDouble.empty() : OptionalDouble.of(maxRate),
        threads == null ? OptionalInt.empty() : OptionalInt.of(threads),
        resume,
        spec.commandLine().getParseResult().originalArgs());
  }

  private Optional<LabelSource> labels() {
    if (labels.file != null) {
      return Optional.of(new LabelSource.Listed(labels.file));
    }
    return Optional.ofNullable(labels.field).map(LabelSource.Field::new);
  }

  private <T> T parsed(String option, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw usage(option + ": " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
