package io.weir.streams.ops;

import io.weir.streams.config.Settings;
import io.weir.streams.ops.topics.Role;
import io.weir.streams.ops.topics.TopicClient;
import io.weir.streams.ops.topics.TopicPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.StreamsConfig;

/// Whether the brokers answer and every topic is there, before the first event is read.
///
/// Kafka Streams itself would wait for a broker for ever, stop at a missing input topic with a
/// stack trace, and find out about a missing output topic with the first alert.
public final class TopicCheck {
  private final Settings settings;
  private final Admin admin;

  private TopicCheck(Settings settings, Admin admin) {
    this.settings = settings;
    this.admin = admin;
  }

  /// Checks.
  ///
  /// @throws StartRefusedException naming every missing topic and how to create it
  public static void run(Settings settings) throws StartRefusedException {
    with(
        settings,
        admin -> {
          new TopicCheck(settings, admin).topics();
          return null;
        });
  }

  /// What is done with brokers that answer.
  @FunctionalInterface
  public interface Work<T> {
    /// @throws StartRefusedException if it is not what a start needs
    T with(Admin admin) throws StartRefusedException;
  }

  /// Connects, does something and closes the connection.
  ///
  /// @throws StartRefusedException if no broker answers, or one refuses
  public static <T> T with(Settings settings, Work<T> work) throws StartRefusedException {
    try (Admin admin = Admin.create(adminConfigs(settings, "check"))) {
      new TopicCheck(settings, admin).brokers();
      return work.with(admin);
    } catch (KafkaException e) {
      throw new StartRefusedException(
          "bootstrap.servers = "
              + settings.bootstrapServers()
              + ": "
              + e.getMessage()
              + (e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")"),
          e);
    }
  }

  /// A client for a watch of the topics: patient, since it has all the time there is.
  public static Admin watcher(Settings settings) {
    Map<String, Object> configs = adminConfigs(settings, "watch");
    configs.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 30_000L);
    return Admin.create(configs);
  }

  private static Map<String, Object> adminConfigs(Settings settings, String purpose) {
    Map<String, Object> configs =
        new HashMap<>(
            new StreamsConfig(settings.kafka())
                .getAdminConfigs(settings.applicationId() + "-" + purpose));
    int timeout = Math.toIntExact(settings.startTimeout().toMillis());
    configs.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
    configs.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
    // A broker that is not there is asked again every second, not ten times a second.
    configs.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 1_000L);
    configs.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
    return configs;
  }

  private void brokers() throws StartRefusedException {
    try {
      get(admin.describeCluster().clusterId());
    } catch (TimeoutException e) {
      throw new StartRefusedException(
          "No broker answered at bootstrap.servers = "
              + settings.bootstrapServers()
              + " within "
              + settings.startTimeout().toMillis()
              + " ms: check the address, that the brokers run, and security.protocol",
          e);
    }
  }

  private void topics() throws StartRefusedException {
    TopicPlan plan = TopicPlan.names(settings, new TopicClient(admin));
    List<String> missing =
        plan.lacking().stream()
            .map(
                topic ->
                    (topic.need().role() == Role.INPUT ? "input topic " : "output topic ")
                        + topic.need().name())
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    List<String> commands = plan.createCommands();
    throw new StartRefusedException(
        "There is no "
            + String.join(", no ", missing)
            + "."
            + (commands.isEmpty()
                ? " Check weir.input.topics."
                : " Create the output topics with ./weir topics --create --config FILE, or with:\n"
                    + "  "
                    + String.join("\n  ", commands)));
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }
}
