package io.weir.local;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A broker in a JVM of its own: a [LocalBroker] that can be killed, and started again on the same
/// port and directory.
///
/// It ends with the process that started it.
public final class BrokerProcess implements Broker {

  private final Path directory;
  private final int port;
  private final Map<String, String> settings;
  private Process process;

  private BrokerProcess(Path directory, int port, Map<String, String> settings) throws IOException {
    this.directory = directory;
    this.port = port;
    this.settings = Map.copyOf(settings);
    restart();
  }

  /// Starts a broker on a free port and returns once it accepts requests.
  ///
  /// @param directory as for [LocalBroker#start(Path)]
  /// @param settings Kafka broker settings, as for [LocalBroker#start(Path, int, Map)]
  /// @throws IOException if it does not start; it has said why on stderr
  public static BrokerProcess start(Path directory, Map<String, String> settings)
      throws IOException {
    return new BrokerProcess(directory, LoopbackPorts.choose(0, 0).broker(), settings);
  }

  @Override
  public String bootstrapServers() {
    return LoopbackPorts.HOST + ":" + port;
  }

  /// SIGKILL, and waits until it is gone.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Starts it again and returns once it accepts requests.
  ///
  /// @throws IOException if it does not start; it has said why on stderr
  public void restart() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                BrokerProcess.class.getName(),
                directory.toString(),
                Integer.toString(port)));
    settings.forEach((key, value) -> command.add(key + "=" + value));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    process = builder.start();
    if (process.inputReader().readLine() == null) {
      throw new IOException("The broker in " + directory + " did not start");
    }
  }

  /// As [#kill()].
  @Override
  public void close() {
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The broker's own process: says where it listens, then lives for as long as its input is open.
  ///
  /// @param arguments directory, port, settings as `key=value`
  public static void main(String[] arguments) throws Exception {
    var settings = new HashMap<String, String>();
    for (String argument : List.of(arguments).subList(2, arguments.length)) {
      String[] setting = argument.split("=", 2);
      settings.put(setting[0], setting[1]);
    }
    LocalBroker broker =
        LocalBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), settings);
    System.out.println(broker.bootstrapServers());
    System.in.transferTo(OutputStream.nullOutputStream());
    // Whoever would miss what an orderly end takes care of is gone.
    Runtime.getRuntime().halt(0);
  }
}
