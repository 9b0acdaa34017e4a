package io.weir.local;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

/// A broker in a JVM of its own, for tests that kill it. It prints where it listens once it has a
/// topic.
final class BrokerProcess {

  static final String TOPIC = "events";

  private BrokerProcess() {}

  static Process start(Path directory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            BrokerProcess.class.getName(),
            directory.toString())
        .redirectError(Redirect.INHERIT)
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    try (var broker = LocalBroker.start(Path.of(arguments[0]))) {
      broker.createTopic(TOPIC, 1);
      System.out.println(broker.bootstrapServers());
      Thread.sleep(Long.MAX_VALUE);
    }
  }
}
