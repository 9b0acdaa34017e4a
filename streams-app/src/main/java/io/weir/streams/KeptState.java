package io.weir.streams;

import io.weir.schemas.card.ModelCard;
import io.weir.streams.config.InputTopics;
import io.weir.streams.config.SettingKeys;
import io.weir.streams.config.Settings;
import io.weir.streams.ops.StartRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the application must keep to where something is kept between events: windows, incidents,
/// cool-downs.
final class KeptState {
  /// Brokers never compact the segment that is being written: with their usual gigabyte, a restore
  /// would read up to so much that is long outdated.
  private static final int CHANGELOG_SEGMENT_BYTES = 64 * 1024 * 1024;

  /// Every event makes a changelog record: with Kafka's 16 KiB, a batch would hold a hundred.
  private static final int PRODUCER_BATCH_BYTES = 128 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(KeptState.class);

  private KeptState() {}

  /// Checks what the live processor must keep to.
  ///
  /// @throws StartRefusedException if a setting is against it
  static void check(Settings settings, ModelCard card) throws StartRefusedException {
    List<KeptStore> stores = KeptStore.of(settings, card.window() != null);
    if (stores.isEmpty()) {
      return;
    }
    List<String> reasons = new ArrayList<>();
    List<String> twice = new ArrayList<>();
    if (stores.contains(KeptStore.WINDOWS)) {
      reasons.add("model %s looks at windows of %d events".formatted(card.name(), card.steps()));
      twice.add("enter their windows twice");
    }
    if (settings.mute().incidentGapMillis() > 0) {
      reasons.add(SettingKeys.INCIDENT_GAP_MS + " = " + settings.mute().incidentGapMillis());
    }
    if (settings.mute().cooldownMillis() > 0) {
      reasons.add(SettingKeys.COOLDOWN_MS + " = " + settings.mute().cooldownMillis());
    }
    if (stores.contains(KeptStore.MUTE)) {
      twice.add("count twice in incidents and cool-downs");
    }
    checkGuarantee(settings, String.join(", ", reasons), String.join(" and ", twice));
    for (KeptStore store : stores) {
      checkLoop(settings, store.changelog(settings));
    }
    LOG.info("processing.guarantee = exactly_once_v2, since {}", String.join(", ", reasons));
  }

  /// Adds defaults for what is written into changelog topics.
  ///
  /// @param properties for Kafka Streams; what is given in any form stays
  static void tune(Map<String, Object> properties) {
    properties.putIfAbsent(
        StreamsConfig.topicPrefix(TopicConfig.SEGMENT_BYTES_CONFIG), CHANGELOG_SEGMENT_BYTES);
    // What the input topic took, the changelog must take, too: brokers refuse timestamps that are
    // an hour ahead unless told otherwise.
    properties.putIfAbsent(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
        Long.MAX_VALUE);
    // An open incident is kept with its alert, which the alerts topic takes, too.
    properties.putIfAbsent(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), Settings.OUTPUT_MAX_BYTES);
    if (!properties.containsKey(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG))) {
      properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, PRODUCER_BATCH_BYTES);
    }
  }

  private static void checkGuarantee(Settings settings, String reason, String twice)
      throws StartRefusedException {
    Object guarantee = settings.kafka().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG);
    if (guarantee != null && !guarantee.equals(StreamsConfig.EXACTLY_ONCE_V2)) {
      throw new StartRefusedException(
          ("processing.guarantee = %s, but %s: after a crash, events would %s. Set"
                  + " exactly_once_v2, which is the default then")
              .formatted(guarantee, reason, twice));
    }
  }

  private static void checkLoop(Settings settings, String changelog) throws StartRefusedException {
    if (settings.input() instanceof InputTopics.Matching input && input.includes(changelog)) {
      throw new StartRefusedException(
          "weir.input.pattern = %s includes %s, the topic of what is kept between events, which would never end: narrow the pattern or use another application.id"
              .formatted(input.pattern(), changelog));
    }
  }
}
