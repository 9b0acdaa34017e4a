package io.weir.benchmarks.stream;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.weir.detector.Detector;
import io.weir.streams.config.InputTopics;
import io.weir.streams.config.Settings;
import io.weir.streams.decode.EventDecoder;
import io.weir.streams.decode.RegistryClients;
import io.weir.streams.decode.SchemaLookup;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/// Kafka Streams with the application's settings, but less or other work for each event.
final class PlainTopology {
  private PlainTopology() {}

  private static final class Drop implements Processor<byte[], byte[], Void, Void> {
    @Override
    public void process(Record<byte[], byte[]> event) {}
  }

  private static final class Decode implements Processor<byte[], byte[], Void, Void> {
    private final EventDecoder decoder;
    private final float[] features;

    Decode(EventDecoder decoder, int features) {
      this.decoder = decoder;
      this.features = new float[features];
    }

    @Override
    public void process(Record<byte[], byte[]> event) {
      decoded(decoder, event.value(), features);
    }
  }

  private static final class Naive implements Processor<byte[], byte[], Void, Void> {
    private final EventDecoder decoder;
    private final NaiveScorer scorer;
    private final float[] features;
    private double highest;

    Naive(EventDecoder decoder, NaiveScorer scorer, int features) {
      this.decoder = decoder;
      this.scorer = scorer;
      this.features = new float[features];
    }

    @Override
    public void process(Record<byte[], byte[]> event) {
      decoded(decoder, event.value(), features);
      highest = Math.max(highest, scorer.score(features));
    }
  }

  private static void decoded(EventDecoder decoder, byte[] value, float[] features) {
    EventDecoder.Outcome outcome = decoder.decode(value, features, 0);
    if (outcome == EventDecoder.Outcome.SCHEMA_NOT_LOADED) {
      decoder.load(value);
      outcome = decoder.decode(value, features, 0);
    }
    if (outcome != EventDecoder.Outcome.DECODED) {
      throw new IllegalStateException("An event of the benchmark is not decoded: " + outcome);
    }
  }

  /// Starts it; it ends with the process.
  static void start(Mode mode, Settings settings) throws Exception {
    Topology topology = new Topology();
    topology.addSource(
        "events", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics(settings));
    topology.addProcessor("process", processor(mode, settings), "events");
    Properties properties = new Properties();
    properties.putAll(settings.kafka());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    KafkaStreams streams = new KafkaStreams(topology, properties);
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
    streams.start();
  }

  private static ProcessorSupplier<byte[], byte[], Void, Void> processor(
      Mode mode, Settings settings) throws Exception {
    return switch (mode) {
      case DROP -> Drop::new;
      case DECODE -> {
        Detector detector = Detector.open(settings.model());
        int features = detector.card().features().size();
        yield () -> new Decode(decoder(settings, detector), features);
      }
      case NAIVE -> {
        Detector detector = Detector.open(settings.model());
        int features = detector.card().features().size();
        NaiveScorer scorer = new NaiveScorer(Files.readAllBytes(settings.model()));
        yield () -> new Naive(decoder(settings, detector), scorer, features);
      }
      case SCORE, ALERTS, SINGLE ->
          throw new IllegalArgumentException("The application does " + mode);
    };
  }

  private static EventDecoder decoder(Settings settings, Detector detector) {
    SchemaRegistryClient client =
        RegistryClients.open(settings.registry().urls(), settings.registry().client());
    return new EventDecoder(
        new SchemaLookup(client, Duration.ofSeconds(10)), null, detector.card().features());
  }

  private static String[] topics(Settings settings) {
    return switch (settings.input()) {
      case InputTopics.Listed(var topics) -> topics.toArray(String[]::new);
      case InputTopics.Matching _ ->
          throw new IllegalArgumentException("The benchmark names its topic");
    };
  }
}
