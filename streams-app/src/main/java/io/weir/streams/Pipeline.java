package io.weir.streams;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.Score;
import io.weir.schemas.features.FeatureSpec;
import io.weir.streams.config.InputTopics;
import io.weir.streams.config.Settings;
import io.weir.streams.decode.EventDecoder;
import io.weir.streams.decode.RegistryClients;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.gather.WindowRules;
import io.weir.streams.infer.LookAhead;
import io.weir.streams.infer.PolledRecordsInterceptor;
import io.weir.streams.infer.ScoringCalls;
import io.weir.streams.judge.Judge;
import io.weir.streams.judge.ScoreBuckets;
import io.weir.streams.judge.UnresolvableThresholdException;
import io.weir.streams.notify.DeadLetterHandler;
import io.weir.streams.notify.OutputErrorHandler;
import io.weir.streams.notify.OutputRefusals;
import io.weir.streams.notify.OutputSchemas;
import io.weir.streams.ops.AccessRule;
import io.weir.streams.ops.Progress;
import io.weir.streams.ops.RequiredAccess;
import io.weir.streams.ops.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
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
  private final Detector detector;
  private final SchemaRegistryClient registry;
  private final SchemaLookup lookup;
  private final Detection detection;
  private final OutputRefusals refusals = new OutputRefusals();

  private Pipeline(
      Settings settings,
      Detector detector,
      SchemaRegistryClient registry,
      SchemaLookup lookup,
      Detection detection) {
    this.settings = settings;
    this.detector = detector;
    this.registry = registry;
    this.lookup = lookup;
    this.detection = detection;
  }

  /// Opens the model and asks the registry for the ids of the output schemas.
  ///
  /// @throws StartRefusedException if either refuses
  static Pipeline open(Settings settings) throws StartRefusedException {
    Detector detector = detector(settings);
    SchemaRegistryClient registry = null;
    try {
      Judge judge = judge(settings, detector);
      Optional<WindowRules> windows = Windowing.rules(settings, detector.card());
      Schema reader = readerSchema(settings);
      registry = RegistryClients.open(settings.registry().urls(), settings.registry().client());
      SchemaLookup lookup = new SchemaLookup(registry, settings.registry().outageMax());
      List<FeatureSpec> features = detector.card().features();
      LookAhead lookAhead =
          new LookAhead(
              detector,
              () -> new EventDecoder(lookup, reader, features),
              settings.batchMax(),
              score -> judge.isAnomalous((float) score));
      Detection detection =
          new Detection(
              detector,
              judge,
              lookAhead,
              windows,
              settings.alertFeaturesMax(),
              schemaId(settings, registry, settings.alertsTopic(), new Alert()),
              settings.scoresTopic().isPresent()
                  ? OptionalInt.of(
                      schemaId(settings, registry, settings.scoresTopic().get(), new Score()))
                  : OptionalInt.empty(),
              new Progress(ScoreBuckets.of(judge, detector.card())));
      return new Pipeline(settings, detector, registry, lookup, detection);
    } catch (StartRefusedException | RuntimeException e) {
      detector.close();
      close(registry);
      throw e;
    }
  }

  Topology topology() {
    return WeirTopology.of(settings, detection);
  }

  /// Whether windows are kept, in `state.dir` among other places.
  boolean keepsWindows() {
    return detection.windows().isPresent();
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
    return detector;
  }

  ModelCard.Threshold threshold() {
    return detection.judge().threshold();
  }

  /// Whether outputs and offsets are committed together.
  boolean exactlyOnce() {
    return StreamsConfig.EXACTLY_ONCE_V2.equals(
        streamsProperties().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
  }

  /// The topic in which Kafka Streams keeps windows, if there are any.
  Optional<String> changelog() {
    return detection.windows().map(_ -> Windowing.changelog(settings));
  }

  /// What the brokers must let this client do. Topics that match a pattern are not known here.
  List<AccessRule> requiredAccess() {
    List<String> inputs =
        switch (settings.input()) {
          case InputTopics.Listed(List<String> topics) -> topics;
          case InputTopics.Matching _ -> List.of();
        };
    return RequiredAccess.of(settings, inputs, exactlyOnce(), changelog());
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
    if (detection.windows().isPresent()) {
      // Any other guarantee was refused.
      properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
      Windowing.tune(properties);
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
    detector.close();
    close(registry);
  }

  private static void close(SchemaRegistryClient registryOrNull) {
    try {
      if (registryOrNull != null) {
        registryOrNull.close();
      }
    } catch (IOException e) {
      LOG.debug("The registry client did not close", e);
    }
  }

  private static Detector detector(Settings settings) throws StartRefusedException {
    try {
      return Detector.open(settings.model(), settings.provider());
    } catch (DetectorRefusedException e) {
      throw new StartRefusedException(e.getMessage(), e);
    }
  }

  private static Judge judge(Settings settings, Detector detector) throws StartRefusedException {
    try {
      Judge judge = Judge.of(settings.threshold(), detector.card());
      double threshold = judge.threshold().value();
      LOG.info(
          "Threshold {} ({}): {}",
          threshold,
          judge.threshold().policy(),
          detector.card().scores() == null
              ? "how rare alerts are is not known, the model card has no score distribution"
              : "about one alert in "
                  + Math.round(judge.rarity((float) threshold))
                  + " normal events");
      return judge;
    } catch (UnresolvableThresholdException e) {
      throw new StartRefusedException(e.getMessage(), e);
    }
  }

  private static Schema readerSchema(Settings settings) throws StartRefusedException {
    if (settings.readerSchema().isEmpty()) {
      return null;
    }
    Path file = settings.readerSchema().get();
    try {
      return new Schema.Parser().parse(Files.readString(file));
    } catch (IOException | AvroRuntimeException e) {
      throw new StartRefusedException(
          "weir.input.reader.schema = "
              + file
              + " cannot be read as an Avro schema: "
              + e.getMessage(),
          e);
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
