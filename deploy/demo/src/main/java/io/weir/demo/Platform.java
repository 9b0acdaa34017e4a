package io.weir.demo;

import io.weir.local.LocalBroker;
import io.weir.local.LocalRegistry;
import java.io.IOException;
import java.util.Map;

/// The broker and the registry of the demo, and the topics on it.
final class Platform implements AutoCloseable {
  static final String ALERTS = "alerts";
  static final String SCORES = "scores";
  static final String DEAD_LETTERS = "dead-letters";
  static final String GROUP = "weir-demo";

  private static final int PARTITIONS = 2;

  private final LocalBroker broker;
  private final LocalRegistry registry;

  private Platform(LocalBroker broker, LocalRegistry registry) {
    this.broker = broker;
    this.registry = registry;
  }

  /// Starts both and creates the topics.
  ///
  /// @param input name of the topic for the events
  static Platform start(DemoSettings settings, String input) throws IOException {
    LocalBroker broker =
        LocalBroker.start(settings.directory().resolve("broker"), settings.brokerPort());
    try {
      LocalRegistry registry = LocalRegistry.start(settings.registryPort());
      // Generated events may be older than the broker's usual retention.
      Map<String, String> forEver = Map.of("retention.ms", "-1");
      for (String topic : new String[] {input, ALERTS, SCORES, DEAD_LETTERS}) {
        broker.createTopic(topic, PARTITIONS, forEver);
      }
      return new Platform(broker, registry);
    } catch (IOException | RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  String bootstrap() {
    return broker.bootstrapServers();
  }

  String registry() {
    return registry.url();
  }

  @Override
  public void close() {
    registry.close();
    broker.close();
  }
}
