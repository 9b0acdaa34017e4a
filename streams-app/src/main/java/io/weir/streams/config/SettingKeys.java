package io.weir.streams.config;

import io.weir.schemas.NearestNames;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/// Every setting that Weir itself reads: name, type, default, rule and documentation, once.
///
/// The settings table in the documentation is made from this definition. It is long since it is one
/// list: most of its lines are what that table says about each key.
public final class SettingKeys {
  public static final String APPLICATION_ID = "application.id";
  public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

  /// What every key of Weir's own starts with.
  public static final String PREFIX = "weir.";

  public static final String INPUT_TOPICS = "weir.input.topics";
  public static final String INPUT_PATTERN = "weir.input.pattern";
  public static final String INPUT_READER_SCHEMA = "weir.input.reader.schema";
  public static final String ALERTS_TOPIC = "weir.alerts.topic";
  public static final String SCORES_TOPIC = "weir.scores.topic";
  public static final String DEAD_LETTER_TOPIC = "weir.dead.letter.topic";

  public static final String MODEL_FILE = "weir.model.file";
  public static final String THRESHOLD = "weir.threshold";
  public static final String EVENTS_PER_DAY = "weir.events.per.day";
  public static final String BATCH_MAX = "weir.batch.max";
  public static final String ALERT_FEATURES_MAX = "weir.alert.features.max";
  public static final String ONNX_PROVIDER = "weir.onnx.provider";
  public static final String ONNX_CUDA_DEVICE_ID = "weir.onnx.cuda.device.id";
  public static final String ONNX_CUDA_MEMORY_LIMIT_BYTES = "weir.onnx.cuda.memory.limit.bytes";

  /// What the keys of ignore rules start with; the rest is the rule's name.
  public static final String IGNORE_PREFIX = "weir.ignore.";

  public static final String COOLDOWN_MS = "weir.cooldown.ms";
  public static final String INCIDENT_GAP_MS = "weir.incident.gap.ms";
  public static final String INCIDENT_UPDATE_MS = "weir.incident.update.ms";

  public static final String WINDOW_MAX_GAP_MS = "weir.window.max.gap.ms";
  public static final String WINDOW_IDLE_EXPIRY_MS = "weir.window.idle.expiry.ms";
  public static final String WINDOW_NULL_KEY = "weir.window.null.key";

  /// Keys below this prefix that are not in the definition go to the registry client.
  public static final String REGISTRY_PREFIX = "weir.schema.registry.";

  public static final String REGISTRY_URL = "weir.schema.registry.url";
  public static final String REGISTRY_USER_INFO = "weir.schema.registry.basic.auth.user.info";
  public static final String REGISTRY_AUTO_REGISTER = "weir.schema.registry.auto.register";
  public static final String REGISTRY_OUTAGE_MAX_MS = "weir.schema.registry.outage.max.ms";

  public static final String START_TIMEOUT_MS = "weir.start.timeout.ms";
  public static final String SHUTDOWN_TIMEOUT_MS = "weir.shutdown.timeout.ms";
  public static final String PROGRESS_INTERVAL_MS = "weir.progress.interval.ms";
  public static final String HTTP_HOST = "weir.http.host";
  public static final String HTTP_PORT = "weir.http.port";

  /// Settings that once were, with what to do instead.
  static final Map<String, String> RETIRED =
      Map.of(
          "weir.topics.create",
          "the processor no longer creates topics: remove the setting and run ./weir topics"
              + " --create with the same settings");

  private static final String REQUIRED = "Connection and input";
  private static final String OUTPUT = "Output topics";
  private static final String MODEL = "Model and verdict";
  private static final String MUTE = "Fewer alerts";
  private static final String WINDOWS = "Windows (models that look at several events)";
  private static final String REGISTRY = "Schema registry";
  private static final String OPERATION = "Operation";

  /// The definition. A new [ConfigDef] would have to be made to change it; nobody does.
  static final ConfigDef DEFINITION = define();

  private SettingKeys() {}

  /// What to say of a key that is no setting: what became of it, or the nearest one there is.
  static String instead(String key) {
    String retired = RETIRED.get(key);
    return retired != null
        ? "; " + retired
        : NearestNames.of(key, DEFINITION.names())
            .map(near -> "; the nearest is " + near)
            .orElse("");
  }

  private static ConfigDef define() {
    Builder keys = new Builder();
    keys.group(REQUIRED)
        .add(
            APPLICATION_ID,
            Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            null,
            Importance.HIGH,
            "Names this stream processor: its consumer group and, with exactly_once_v2, its"
                + " transactions. Instances with the same id share the input partitions.")
        .add(
            BOOTSTRAP_SERVERS,
            Type.LIST,
            ConfigDef.NO_DEFAULT_VALUE,
            null,
            Importance.HIGH,
            "Brokers to ask first, as host:port, separated by commas.")
        .add(
            INPUT_TOPICS,
            Type.LIST,
            List.of(),
            SettingRules.TOPICS,
            Importance.HIGH,
            "Topics whose events are scored, separated by commas. Give either this or"
                + " weir.input.pattern.")
        .add(
            INPUT_PATTERN,
            Type.STRING,
            null,
            SettingRules.REGEX,
            Importance.HIGH,
            "Regular expression: topics whose whole name matches are scored, those created later"
                + " included.")
        .add(
            INPUT_READER_SCHEMA,
            Type.STRING,
            null,
            null,
            Importance.LOW,
            "File with an Avro schema (.avsc) that the events are read as: its defaults and aliases"
                + " stand in for what a writer's schema lacks. Without it, each event is read as"
                + " its writer wrote it.");
    keys.group(OUTPUT)
        .add(
            ALERTS_TOPIC,
            Type.STRING,
            "weir-alerts",
            SettingRules.TOPIC,
            Importance.HIGH,
            "Topic for the alerts. Each has the key, timestamp and headers of its event.")
        .add(
            SCORES_TOPIC,
            Type.STRING,
            null,
            SettingRules.TOPIC,
            Importance.MEDIUM,
            "Topic for the score of every event, alert or not. Without it, scores are not written.")
        .add(
            DEAD_LETTER_TOPIC,
            Type.STRING,
            "weir-dead-letters",
            SettingRules.TOPIC,
            Importance.HIGH,
            "Topic for records that cannot be scored: original bytes, key and headers, with the"
                + " reason in the header __streams.errors.message.");
    keys.group(MODEL)
        .add(
            MODEL_FILE,
            Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            null,
            Importance.HIGH,
            "The published model, an ONNX file with a model card.")
        .add(
            THRESHOLD,
            Type.STRING,
            "card",
            SettingRules.POLICY,
            Importance.HIGH,
            "An event is anomalous if its score is above the threshold: card (the first on the"
                + " model card), value:X (X itself), quantile:P (the score below which a"
                + " fraction P of the model's validation rows lies), tail:P (the score that a"
                + " normal event exceeds with probability P, by the tail fitted to the highest"
                + " validation scores), or budget:N/day (the score that N normal events a day"
                + " exceed). Where the model has segments, each has its own threshold.")
        .add(
            EVENTS_PER_DAY,
            Type.DOUBLE,
            null,
            SettingRules.ABOVE_ZERO,
            Importance.MEDIUM,
            "How many events come a day, of all input topics together: what budget:N/day is a"
                + " share of. Without it, the number on the model card.")
        .add(
            BATCH_MAX,
            Type.INT,
            512,
            ConfigDef.Range.between(1, 65_536),
            Importance.LOW,
            "Most events scored in one call of ONNX Runtime. Scores do not depend on it.")
        .add(
            ALERT_FEATURES_MAX,
            Type.INT,
            5,
            ConfigDef.Range.between(0, 10_000),
            Importance.LOW,
            "How many features an alert explains, those with the largest contribution first.")
        .add(
            ONNX_PROVIDER,
            Type.STRING,
            "cpu",
            ConfigDef.ValidString.in("cpu", "cuda", "auto"),
            Importance.MEDIUM,
            "Where ONNX Runtime computes: cpu; cuda, an NVIDIA GPU, or the start is refused with"
                + " the reason; auto, the GPU if it works, else the CPU, with a warning. Only the"
                + " CPU gives the same bits at every batch size.")
        .add(
            ONNX_CUDA_DEVICE_ID,
            Type.INT,
            0,
            ConfigDef.Range.atLeast(0),
            Importance.LOW,
            "The GPU, by its number.")
        .add(
            ONNX_CUDA_MEMORY_LIMIT_BYTES,
            Type.LONG,
            null,
            SettingRules.POSITIVE,
            Importance.LOW,
            "Most GPU memory that ONNX Runtime's arena takes for each of the model's two sessions,"
                + " one for scores and one for explanations; CUDA itself takes more beside it."
                + " Without it, there is no limit.");
    keys.group(MUTE)
        .add(
            COOLDOWN_MS,
            Type.LONG,
            0L,
            ConfigDef.Range.atLeast(0),
            Importance.MEDIUM,
            "After an alert of a key, its anomalous events with timestamps at most so far from it"
                + " make no alert; the next alert says how many there were. 0 for none. Takes"
                + " exactly_once_v2.")
        .add(
            INCIDENT_GAP_MS,
            Type.LONG,
            0L,
            ConfigDef.Range.atLeast(0),
            Importance.MEDIUM,
            "Consecutive anomalous events of a key with timestamps at most so far apart are one"
                + " incident: an alert when it opens, when it gets worse, and when it is over. 0"
                + " for none. Takes exactly_once_v2.")
        .add(
            INCIDENT_UPDATE_MS,
            Type.LONG,
            900_000L,
            ConfigDef.Range.atLeast(0),
            Importance.LOW,
            "An incident that goes on makes an alert after so long, by the timestamps of its"
                + " events; 0 for never.");
    keys.group(WINDOWS)
        .add(
            WINDOW_MAX_GAP_MS,
            Type.LONG,
            null,
            SettingRules.POSITIVE,
            Importance.MEDIUM,
            "After a longer pause between the newest event of a key and its next one, by the"
                + " records' timestamps, the key's window starts anew. Without it, the one of the"
                + " model card.")
        .add(
            WINDOW_IDLE_EXPIRY_MS,
            Type.LONG,
            null,
            SettingRules.POSITIVE,
            Importance.MEDIUM,
            "How long after its last event, by the time of its partition, a key is forgotten,"
                + " with tombstones in the changelog topic. At least the maximal gap; without it,"
                + " twice that. For models without a maximal gap it is one, too; without either,"
                + " keys are kept for ever.")
        .add(
            WINDOW_NULL_KEY,
            Type.STRING,
            NullKey.DEAD_LETTER.text(),
            ConfigDef.ValidString.in(NullKey.DEAD_LETTER.text(), NullKey.REFUSE.text()),
            Importance.MEDIUM,
            "Records without a key, where the model was trained with one: dead_letter sends them to"
                + " the dead-letter topic, refuse stops the processor at the first one, with exit"
                + " code 1. A model trained without a key takes all of them of a partition for one"
                + " window.");
    keys.group(REGISTRY)
        .add(
            REGISTRY_URL,
            Type.LIST,
            ConfigDef.NO_DEFAULT_VALUE,
            SettingRules.URLS,
            Importance.HIGH,
            "The schema registry (Confluent API). Other keys below weir.schema.registry. go to the"
                + " official client without that prefix: bearer.auth.token,"
                + " ssl.truststore.location, ...")
        .add(
            REGISTRY_USER_INFO,
            Type.PASSWORD,
            null,
            null,
            Importance.MEDIUM,
            "user:password for the registry's basic authentication.")
        .add(
            REGISTRY_AUTO_REGISTER,
            Type.BOOLEAN,
            true,
            null,
            Importance.MEDIUM,
            "Register the schemas of alerts and scores at start; with false they must be there"
                + " already.")
        .add(
            REGISTRY_OUTAGE_MAX_MS,
            Type.LONG,
            240_000L,
            ConfigDef.Range.atLeast(0),
            Importance.MEDIUM,
            "How long an event whose schema is not known yet waits for a registry that does not"
                + " answer, before the processor stops with exit code 1. Must be below the"
                + " consumer's max.poll.interval.ms. Nothing is lost either way.");
    keys.group(OPERATION)
        .add(
            START_TIMEOUT_MS,
            Type.INT,
            30_000,
            ConfigDef.Range.atLeast(1),
            Importance.LOW,
            "How long the checks at start wait for the brokers and the registry.")
        .add(
            SHUTDOWN_TIMEOUT_MS,
            Type.INT,
            30_000,
            ConfigDef.Range.atLeast(1),
            Importance.LOW,
            "How long SIGTERM or Ctrl-C waits for the last commit and for leaving the group.")
        .add(
            PROGRESS_INTERVAL_MS,
            Type.LONG,
            30_000L,
            ConfigDef.Range.atLeast(0),
            Importance.LOW,
            "Time between two lines of progress in the log; 0 for none.")
        .add(
            HTTP_HOST,
            Type.STRING,
            "127.0.0.1",
            SettingRules.HOST,
            Importance.MEDIUM,
            "Address that health, metrics and topology are served at. They need no password and"
                + " change nothing; 0.0.0.0 shows them on every network of the machine.")
        .add(
            HTTP_PORT,
            Type.INT,
            8080,
            ConfigDef.Range.between(-1, 65_535),
            Importance.MEDIUM,
            "Its port; 0 for any free one, which the log names, -1 for no HTTP at all.");
    WebhookKeys.define(keys);
    return keys.definition;
  }

  /// Keeps the order within a group and spells out what every key shares.
  static final class Builder {
    private final ConfigDef definition = new ConfigDef();
    private String group;
    private int order;

    Builder group(String name) {
      group = name;
      order = 0;
      return this;
    }

    Builder add(
        String key,
        Type type,
        Object fallback,
        ConfigDef.Validator validator,
        Importance importance,
        String text) {
      definition.define(
          key,
          type,
          fallback,
          validator,
          importance,
          text,
          group,
          ++order,
          ConfigDef.Width.LONG,
          key);
      return this;
    }
  }
}
