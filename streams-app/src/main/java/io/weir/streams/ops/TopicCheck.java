package io.weir.streams.ops;

import io.weir.streams.config.Settings;
import io.weir.streams.ops.topics.Role;
import io.weir.streams.ops.topics.TopicClient;
import io.weir.streams.ops.topics.TopicPlan;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/// Whether every topic is there, before the first event is read.
///
/// Kafka Streams itself would stop at a missing input topic with a stack trace, and find out about
/// a missing output topic with the first alert.
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
    try (Admin admin = BrokerConnection.open(settings)) {
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
    return BrokerConnection.watcher(settings);
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
}
