package io.weir.streams;

import io.weir.schemas.card.ModelCard;
import io.weir.streams.config.InputTopics;
import io.weir.streams.config.Settings;
import io.weir.streams.ops.StartRefusedException;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a model that looks at windows asks of the application.
final class Windowing {
  /// The store of the windows' events; Kafka Streams makes its changelog topic.
  static final String STORE = "windows";

  /// Brokers never compact the segment that is being written: with their usual gigabyte, a restore
  /// would read up to so much that is long outdated.
  private static final int CHANGELOG_SEGMENT_BYTES = 64 * 1024 * 1024;

  /// Every event makes a changelog record: with Kafka's 16 KiB, a batch would hold a hundred.
  private static final int PRODUCER_BATCH_BYTES = 128 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Windowing.class);

  private Windowing() {}

  /// Checks what the live processor must keep to for a model that looks at windows.
  ///
  /// @throws StartRefusedException if a setting is against it
  static void check(Settings settings, ModelCard card) throws StartRefusedException {
    if (card.window() != null) {
      checkGuarantee(settings, card);
      checkLoop(settings);
      LOG.info("processing.guarantee = exactly_once_v2, since the model looks at windows");
    }
  }

  /// The store of a task's windows.
  static StoreBuilder<KeyValueStore<byte[], byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray())
        .withCachingDisabled();
  }

  /// The topic in which Kafka Streams keeps the windows.
  static String changelog(Settings settings) {
    return settings.applicationId() + "-" + STORE + "-changelog";
  }

  /// Adds defaults for what windows write.
  ///
  /// @param properties for Kafka Streams; what is given in any form stays
  static void tune(Map<String, Object> properties) {
    properties.putIfAbsent(
        StreamsConfig.topicPrefix(TopicConfig.SEGMENT_BYTES_CONFIG), CHANGELOG_SEGMENT_BYTES);
    // What the input topic took, the changelog must take, too: brokers refuse timestamps that are
    // an
    // hour ahead unless told otherwise.
    properties.putIfAbsent(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
        Long.MAX_VALUE);
    if (!properties.containsKey(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG))) {
      properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, PRODUCER_BATCH_BYTES);
    }
  }

  private static void checkGuarantee(Settings settings, ModelCard card)
      throws StartRefusedException {
    Object guarantee = settings.kafka().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG);
    if (guarantee != null && !guarantee.equals(StreamsConfig.EXACTLY_ONCE_V2)) {
      throw new StartRefusedException(
          ("processing.guarantee = %s, but model %s looks at windows of %d events: after a crash,"
                  + " events would enter their windows twice. Set exactly_once_v2, which is the"
                  + " default for such models")
              .formatted(guarantee, card.name(), card.steps()));
    }
  }

  private static void checkLoop(Settings settings) throws StartRefusedException {
    String changelog = changelog(settings);
    if (settings.input() instanceof InputTopics.Matching input && input.includes(changelog)) {
      throw new StartRefusedException(
          "weir.input.pattern = %s includes %s, the topic that keeps the windows, which would never end: narrow the pattern or use another application.id"
              .formatted(input.pattern(), changelog));
    }
  }
}
