package io.weir.streams;

import io.weir.schemas.BuildInfo;
import io.weir.schemas.card.ModelCard;
import io.weir.streams.config.Settings;
import io.weir.streams.ops.StartRefusedException;
import io.weir.streams.ops.TopicCheck;
import io.weir.streams.ops.http.Answer;
import io.weir.streams.ops.http.Condition;
import io.weir.streams.ops.http.Health;
import io.weir.streams.ops.http.OpsServer;
import io.weir.streams.ops.metrics.Figures;
import io.weir.streams.ops.metrics.Metrics;
import io.weir.streams.ops.topics.TopicWatch;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/// What operators see of an application: health, metrics and topology, over HTTP if the settings
/// say so. Open before anything else is, so that a slow start can be watched, and closed last.
final class Operations implements AutoCloseable {
  /// A topic that is deleted shows within so long.
  private static final Duration TOPICS_INTERVAL = Duration.ofSeconds(15);

  private final Health health = new Health();
  private final Metrics metrics;
  private volatile String topology;
  private OpsServer server;
  private TopicWatch watch;

  private Operations(Settings settings) {
    metrics = new Metrics(settings.applicationId(), health::isReady);
  }

  /// @throws StartRefusedException if the address cannot be listened at
  static Operations open(Settings settings) throws StartRefusedException {
    Operations operations = new Operations(settings);
    if (settings.http().isServed()) {
      boolean opened = false;
      try {
        operations.server = OpsServer.start(settings.http(), operations.paths());
        opened = true;
      } finally {
        if (!opened) {
          operations.close();
        }
      }
    }
    return operations;
  }

  /// The port that HTTP is served at, empty without.
  OptionalInt port() {
    return server == null ? OptionalInt.empty() : OptionalInt.of(server.port());
  }

  /// Every topic is there; from now on it is looked now and then whether they still are.
  void watchTopics(Settings settings) {
    if (server != null) {
      watch = new TopicWatch(settings, TopicCheck.watcher(settings), TOPICS_INTERVAL);
      health.watch(Health.Part.TOPICS, () -> there(watch.missing()));
    }
  }

  /// The model is loaded.
  void opened(Pipeline pipeline) {
    ModelCard card = pipeline.detector().card();
    health.set(Health.Part.MODEL, Condition.met("%s %s".formatted(card.name(), card.version())));
    topology = pipeline.topology().describe().toString();
    metrics.observe(
        new Figures(
            model(pipeline),
            pipeline.threshold().value(),
            () -> pipeline.progress().counts(),
            () -> pipeline.scoringCalls().rows(),
            () -> pipeline.scoringCalls().seconds()));
  }

  /// Kafka Streams is there, not started yet.
  void opened(KafkaStreams streams) {
    health.watch(Health.Part.RUNNING, () -> running(streams.state()));
    metrics.observe(streams);
  }

  /// The application will not go on.
  void failed(String reason) {
    health.fail(reason);
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    if (server != null) {
      server.close();
    }
    metrics.close();
  }

  private SequencedMap<String, Supplier<Answer>> paths() {
    SequencedMap<String, Supplier<Answer>> paths = new LinkedHashMap<>();
    paths.put("/health/live", health::live);
    paths.put("/health/ready", health::ready);
    paths.put("/metrics", () -> new Answer(200, Metrics.CONTENT_TYPE, metrics.text()));
    paths.put("/topology", this::topology);
    return paths;
  }

  private Answer topology() {
    String text = topology;
    return text == null
        ? Answer.notYet("The topology is not made yet, the start goes on\n")
        : Answer.text(text);
  }

  private static Condition there(List<String> missing) {
    return missing.isEmpty()
        ? Condition.met("all are there")
        : Condition.unmet("There is no " + String.join(", no ", missing));
  }

  private static Condition running(KafkaStreams.State state) {
    String detail = "Kafka Streams is " + state;
    return switch (state) {
      case RUNNING -> Condition.met(detail);
      case CREATED, REBALANCING, PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR ->
          Condition.unmet(detail);
    };
  }

  private static Map<String, String> model(Pipeline pipeline) {
    ModelCard card = pipeline.detector().card();
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("name", card.name());
    labels.put("version", card.version());
    labels.put("sha256", pipeline.detector().sha256());
    labels.put("threshold_policy", pipeline.threshold().policy());
    labels.put("kind", card.architecture().kind());
    labels.put("features", Integer.toString(card.features().size()));
    labels.put("steps", Integer.toString(card.steps()));
    labels.put("weir_version", BuildInfo.current().version());
    return labels;
  }
}
