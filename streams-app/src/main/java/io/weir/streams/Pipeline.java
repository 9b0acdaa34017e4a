package io.weir.streams;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.weir.detector.Detector;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.Score;
import io.weir.streams.config.InputTopics;
import io.weir.streams.config.Settings;
import io.weir.streams.decode.RegistryClients;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.infer.LookAhead;
import io.weir.streams.infer.PolledRecordsInterceptor;
import io.weir.streams.infer.ScoringCalls;
import io.weir.streams.judge.Judge;
import io.weir.streams.notify.DeadLetterHandler;
import io.weir.streams.notify.OutputErrorHandler;
import io.weir.streams.notify.OutputRefusals;
import io.weir.streams.notify.OutputSchemas;
import io.weir.streams.ops.AccessRule;
import io.weir.streams.ops.Progress;
import io.weir.streams.ops.RequiredAccess;
import io.weir.streams.ops.StartRefusedException;
import io.weir.streams.path.Detection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything between the topics: the model, the registry, the topology over them and what Kafka
/// Streams is to be told.
final class Pipeline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final Settings settings;
  private final SchemaRegistryClient registry;
  private final SchemaLookup lookup;
  private final Detection detection;
  private final OutputSchemaIds schemaIds;
  private final OutputRefusals refusals = new OutputRefusals();

  private Pipeline(
      Settings settings,
      SchemaRegistryClient registry,
      SchemaLookup lookup,
      Detection detection,
      OutputSchemaIds schemaIds) {
    this.settings = settings;
    this.registry = registry;
    this.lookup = lookup;
    this.detection = detection;
    this.schemaIds = schemaIds;
  }

  /// Opens the model and asks the registry for the ids of the output schemas.
  ///
  /// @throws StartRefusedException if either refuses
  static Pipeline open(Settings settings) throws StartRefusedException {
    SchemaRegistryClient registry =
        RegistryClients.open(settings.registry().urls(), settings.registry().client());
    SchemaLookup lookup = new SchemaLookup(registry, settings.registry().outageMax());
    Detection detection = null;
    boolean opened = false;
    try {
      detection = Detection.open(settings, lookup);
      KeptState.check(settings, detection.detector().card());
      Pipeline pipeline =
          new Pipeline(settings, registry, lookup, detection, schemaIds(settings, registry));
      opened = true;
      return pipeline;
    } finally {
      if (!opened) {
        if (detection != null) {
          detection.close();
        }
        close(registry);
      }
    }
  }

  private static OutputSchemaIds schemaIds(Settings settings, SchemaRegistryClient registry)
      throws StartRefusedException {
    return new OutputSchemaIds(
        schemaId(settings, registry, settings.alertsTopic(), new Alert()),
        settings.scoresTopic().isPresent()
            ? OptionalInt.of(
                schemaId(settings, registry, settings.scoresTopic().get(), new Score()))
            : OptionalInt.empty());
  }

  Topology topology() {
    return WeirTopology.of(settings, detection, schemaIds);
  }

  /// Whether anything is kept between events, in `state.dir` among other places.
  boolean keepsState() {
    return !changelogs().isEmpty();
  }

  /// What Kafka refused.
  OutputRefusals refusals() {
    return refusals;
  }

  Progress progress() {
    return detection.progress();
  }

  /// The calls of ONNX Runtime that the scores took.
  ScoringCalls scoringCalls() {
    return detection.lookAhead().scoringCalls();
  }

  Detector detector() {
    return detection.detector();
  }

  ModelCard.Threshold threshold() {
    return detection.judge().threshold(Judge.ALL);
  }

  /// Whether outputs and offsets are committed together.
  boolean exactlyOnce() {
    return StreamsConfig.EXACTLY_ONCE_V2.equals(
        streamsProperties().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
  }

  /// The topics in which Kafka Streams keeps what is kept between events.
  List<String> changelogs() {
    return KeptStore.of(settings, detection.windows().isPresent()).stream()
        .map(store -> store.changelog(settings))
        .toList();
  }

  /// What the brokers must let this client do. Topics that match a pattern are not known here.
  List<AccessRule> requiredAccess() {
    List<String> inputs =
        switch (settings.input()) {
          case InputTopics.Listed(List<String> topics) -> topics;
          case InputTopics.Matching _ -> List.of();
        };
    return RequiredAccess.of(settings, inputs, exactlyOnce(), changelogs());
  }

  /// The user's settings for Kafka Streams and those that make the pipeline what it is.
  Map<String, Object> streamsProperties() {
    Map<String, Object> properties = new HashMap<>(settings.kafka());
    properties.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
    properties.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, OutputErrorHandler.class);
    properties.put(OutputRefusals.CONFIG, refusals);
    properties.put(StreamsConfig.mainConsumerPrefix(LookAhead.CONFIG), detection.lookAhead());
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
        interceptors());
    if (keepsState()) {
      // Any other guarantee was refused.
      properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
      KeptState.tune(properties);
    }
    return properties;
  }

  /// Weir's comes last, so that it sees the records as Kafka Streams does.
  private List<String> interceptors() {
    List<String> interceptors = new ArrayList<>();
    String key = ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG;
    for (String name :
        List.of(StreamsConfig.mainConsumerPrefix(key), StreamsConfig.consumerPrefix(key), key)) {
      if (settings.kafka().get(name) instanceof String given) {
        Stream.of(given.split(","))
            .map(String::strip)
            .filter(n -> !n.isEmpty())
            .forEach(interceptors::add);
        break;
      }
    }
    interceptors.add(PolledRecordsInterceptor.class.getName());
    return interceptors;
  }

  /// Ends waits for the registry, so that stream threads can end.
  void stopWaiting() {
    lookup.close();
  }

  /// Frees model and registry client; the stream threads must have ended.
  @Override
  public void close() {
    lookup.close();
    detection.close();
    close(registry);
  }

  private static void close(SchemaRegistryClient registry) {
    try {
      registry.close();
    } catch (IOException e) {
      LOG.debug("The registry client did not close", e);
    }
  }

  /// Goes on asking for the time that a start may take: registry and processor are often started
  /// together.
  private static int schemaId(
      Settings settings, SchemaRegistryClient registry, String topic, SpecificRecord record)
      throws StartRefusedException {
    OutputSchemas schemas = new OutputSchemas(registry, settings.registry().autoRegister());
    long deadline = System.nanoTime() + settings.startTimeout().toNanos();
    while (true) {
      try {
        return schemas.id(topic, record);
      } catch (OutputSchemas.SchemaRefusedException e) {
        throw new StartRefusedException(e.getMessage(), e);
      } catch (IOException e) {
        if (System.nanoTime() > deadline || !slept()) {
          throw new StartRefusedException(
              "The schema registry "
                  + settings.registry().shown()
                  + " did not answer within "
                  + settings.startTimeout().toMillis()
                  + " ms ("
                  + e.getMessage()
                  + "): check weir.schema.registry.url and its credentials",
              e);
        }
      }
    }
  }

  private static boolean slept() {
    try {
      Thread.sleep(500);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
