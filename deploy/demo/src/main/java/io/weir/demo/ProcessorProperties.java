package io.weir.demo;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.util.Properties;

/// The settings file of the demo's stream processor, as a user would write one.
final class ProcessorProperties {
  private ProcessorProperties() {}

  /// Writes it to [DemoSettings#properties()].
  ///
  /// @param input name of the topic with the events
  static void write(DemoSettings settings, Platform platform, String input) throws IOException {
    Properties properties = new Properties();
    properties.put("application.id", Platform.GROUP);
    properties.put("bootstrap.servers", platform.bootstrap());
    properties.put("weir.input.topics", input);
    properties.put("weir.alerts.topic", Platform.ALERTS);
    properties.put("weir.dead.letter.topic", Platform.DEAD_LETTERS);
    if (settings.scores()) {
      properties.put("weir.scores.topic", Platform.SCORES);
    }
    properties.put("weir.model.file", settings.model().toString());
    properties.put("weir.threshold", settings.threshold());
    properties.put("weir.schema.registry.url", platform.registry());
    properties.put("state.dir", settings.directory().resolve("state").toString());
    // Whatever else runs on this machine; the log names the port.
    properties.put("weir.http.port", "0");
    // So that the demo sees soon how far the processor has come.
    properties.put("commit.interval.ms", "500");
    try (Writer to = Files.newBufferedWriter(settings.properties())) {
      properties.store(to, "weir run --config FILE");
    }
  }
}
