package io.weir.streams.ops.topics;

import io.weir.streams.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks now and then whether the topics are still there, so that who asks gets an answer without
/// asking the brokers. Brokers that do not answer say nothing about topics: the last answer stays.
public final class TopicWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);

  private final Admin admin;
  private final List<NeededTopic> topics;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("weir-topics").factory());
  private volatile List<String> missing = List.of();

  /// @param admin is closed with it
  public TopicWatch(Settings settings, Admin admin, Duration interval) {
    this.admin = admin;
    this.topics = NeededTopic.named(settings);
    timer.scheduleWithFixedDelay(
        this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// The topics that were not there when it last looked.
  public List<String> missing() {
    return missing;
  }

  private void look() {
    TopicClient client = new TopicClient(admin);
    try {
      List<String> now =
          topics.stream()
              .filter(topic -> client.find(topic.name()).isEmpty())
              .map(topic -> topic.role().text() + " topic " + topic.name())
              .toList();
      if (!now.equals(missing)) {
        LOG.warn(
            now.isEmpty() ? "All topics are there again" : "There is no {} any more",
            String.join(", no ", now));
      }
      missing = now;
    } catch (KafkaException e) {
      LOG.debug("The brokers do not tell about the topics", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    admin.close(Duration.ofSeconds(1));
  }
}
