package io.weir.streams;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.weir.streams.config.ClientSettings;
import io.weir.streams.config.Settings;
import io.weir.streams.config.WebhookSettings;
import io.weir.streams.decode.RegistryClients;
import io.weir.streams.decode.RegistryOutageException;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.ops.StartRefusedException;
import io.weir.streams.tell.AlertDecoder;
import io.weir.streams.tell.webhook.WebhookSink;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The webhook as a process of its own: signals in, exit code out.
final class WeirWebhook {
  private static final Logger LOG = LoggerFactory.getLogger(WeirWebhook.class);

  /// The receiver is slower than any topic; more would only wait in memory.
  private static final int POLL_RECORDS = 100;

  /// A killed process keeps its partitions for so long; Kafka's 45 s would hold alerts back.
  private static final int SESSION_TIMEOUT_MS = 10_000;

  private WeirWebhook() {}

  /// Posts until SIGTERM or Ctrl-C.
  ///
  /// @return the exit code
  static int run(WebhookSettings settings) {
    ClientSettings client = settings.client();
    client.warnings().forEach(LOG::warn);
    Settings.Registry registry = client.registry();
    // Its hook waits until everything is closed: the group must be left.
    try (Work work = new Work(client)) {
      try (SchemaRegistryClient schemas = RegistryClients.open(registry.urls(), registry.client());
          SchemaLookup lookup = new SchemaLookup(schemas, registry.outageMax());
          KafkaProducer<byte[], byte[]> producer = producer(client)) {
        requireTopics(settings);
        rememberFirstStart(settings);
        try (Consumer<byte[], byte[]> consumer = consumer(settings);
            WebhookSink sink =
                new WebhookSink(settings, consumer, producer, new AlertDecoder(lookup))) {
          LOG.info(
              "Alerts of {} from {} on are posted to {} as group {}, {}",
              client.alertsTopic(),
              settings.minSeverity(),
              settings.receiver(),
              settings.group(),
              settings.secret().isPresent()
                  ? "signed"
                  : "NOT signed: the receiver cannot know who posts (weir.webhook.secret)");
          work.begin(sink, lookup);
          sink.run();
        }
      }
      work.succeeded();
      return 0;
    } catch (StartRefusedException | RegistryOutageException | IOException e) {
      LOG.error(e.getMessage());
    } catch (KafkaException e) {
      LOG.error("The webhook stopped: {}", TopicClients.trouble(client, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }

  private static void requireTopics(WebhookSettings settings) throws StartRefusedException {
    ClientSettings client = settings.client();
    try (Consumer<byte[], byte[]> consumer = TopicClients.consumer(client, Map.of())) {
      String missing =
          Stream.of(
                  TopicClients.missing(consumer, client.alertsTopic(), "weir.alerts.topic"),
                  TopicClients.missing(
                          consumer, settings.deadLetterTopic(), "weir.webhook.dead.letter.topic")
                      .map(
                          text ->
                              "%s, or create it: kafka-topics.sh --bootstrap-server %s --create --topic %s --config max.message.bytes=%d"
                                  .formatted(
                                      text,
                                      client.bootstrapServers(),
                                      settings.deadLetterTopic(),
                                      Settings.OUTPUT_MAX_BYTES)))
              .flatMap(Optional::stream)
              .collect(Collectors.joining(". "));
      if (!missing.isEmpty()) {
        throw new StartRefusedException(missing);
      }
    }
  }

  /// A group that is new begins behind the newest alert. That place is committed before anything is
  /// read: were it only in this process's memory, a crash before the first commit would lose what
  /// came in between.
  private static void rememberFirstStart(WebhookSettings settings) {
    String topic = settings.client().alertsTopic();
    try (Consumer<byte[], byte[]> consumer = consumer(settings)) {
      Set<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .collect(Collectors.toSet());
      if (consumer.committed(partitions).values().stream().anyMatch(Objects::nonNull)) {
        return;
      }
      consumer.assign(List.copyOf(partitions));
      Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
      consumer
          .endOffsets(partitions)
          .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end)));
      consumer.commitSync(ends);
      LOG.info("The group {} is new: it begins behind the newest alert", settings.group());
    } catch (CommitFailedException | UnknownMemberIdException e) {
      LOG.info("The group {} has members already, which know where it began", settings.group());
    }
  }

  private static Consumer<byte[], byte[]> consumer(WebhookSettings settings) {
    return TopicClients.consumer(
        settings.client(),
        Map.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            settings.group(),
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            SESSION_TIMEOUT_MS,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            POLL_RECORDS));
  }

  private static KafkaProducer<byte[], byte[]> producer(ClientSettings settings) {
    Map<String, Object> configs = new HashMap<>(settings.producer());
    configs.put(ProducerConfig.ACKS_CONFIG, "all");
    configs.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Settings.OUTPUT_MAX_BYTES);
    return new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /// What a signal ends.
  private static final class Work implements AutoCloseable {
    private final ProcessEnd end;
    private volatile boolean stopped;
    private volatile WebhookSink sink;
    private volatile SchemaLookup lookup;

    Work(ClientSettings settings) {
      end = new ProcessEnd(this::stop, settings.shutdownTimeout());
    }

    void begin(WebhookSink started, SchemaLookup used) {
      sink = started;
      lookup = used;
      if (stopped) {
        stop();
      }
    }

    void succeeded() {
      end.code(0);
    }

    private void stop() {
      stopped = true;
      if (sink != null) {
        sink.stop();
        lookup.close();
      }
    }

    @Override
    public void close() {
      end.close();
    }
  }
}
