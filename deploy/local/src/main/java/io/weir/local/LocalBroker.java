package io.weir.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.Time;

/// A real Kafka broker in this JVM: one node that is broker and KRaft controller at once, listening
/// on 127.0.0.1 without encryption, and, if asked for, on further ports with it.
///
/// What it stores lies in one directory and is there again when a broker is started on that
/// directory later. Close the broker before its directory is deleted: Kafka halts the whole JVM
/// when the ground vanishes under a running broker.
///
/// Several brokers may run in one JVM, each with its own directory. Kafka logs through SLF4J under
/// `kafka`, `org.apache.kafka` and `state.change.logger`; level ERROR keeps a healthy broker quiet,
/// but for `kafka.server.ControllerApis`, which may report its first registration as an error
/// before it repeats it.
public final class LocalBroker implements Broker {

  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final Map<SecurityProtocol, String> secure;
  private boolean closed;

  private LocalBroker(
      KafkaRaftServer server, String bootstrapServers, Map<SecurityProtocol, String> secure) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
    this.secure = secure;
  }

  /// Starts a broker on a free port.
  ///
  /// @param directory where it stores everything; created if absent, otherwise empty or left by an
  ///   earlier broker
  /// @throws IOException if the directory cannot be used; the message says why and what to do
  public static LocalBroker start(Path directory) throws IOException {
    return start(directory, 0);
  }

  /// Starts a broker and returns once it accepts requests.
  ///
  /// @param directory where it stores everything; created if absent, otherwise empty or left by an
  ///   earlier broker
  /// @param port of 127.0.0.1, 0 for any free one
  /// @throws IOException if the port is taken or the directory cannot be used; the message says why
  ///   and what to do
  public static LocalBroker start(Path directory, int port) throws IOException {
    return start(directory, port, Map.of());
  }

  /// Starts a broker whose settings differ from the usual ones of this class.
  ///
  /// @param directory where it stores everything; created if absent, otherwise empty or left by an
  ///   earlier broker
  /// @param port of 127.0.0.1, 0 for any free one
  /// @param settings Kafka broker settings that win over those of this class, except where it
  ///   listens and stores
  /// @throws IOException if the port is taken or the directory cannot be used; the message says why
  ///   and what to do
  public static LocalBroker start(Path directory, int port, Map<String, String> settings)
      throws IOException {
    return start(directory, port, settings, List.of());
  }

  /// Starts a broker that has further listeners beside the one without encryption.
  ///
  /// @param directory where it stores everything; created if absent, otherwise empty or left by an
  ///   earlier broker
  /// @param port of 127.0.0.1 without encryption, 0 for any free one
  /// @param settings Kafka broker settings that win over those of this class, except where it
  ///   listens and stores; key stores and users of the further listeners among them
  /// @param secure their protocols, each once; a listener is named like its protocol and gets a
  ///   free port
  /// @throws IOException if the port is taken or the directory cannot be used; the message says why
  ///   and what to do
  public static LocalBroker start(
      Path directory, int port, Map<String, String> settings, List<SecurityProtocol> secure)
      throws IOException {
    var ground = BrokerDirectory.at(directory);
    LoopbackPorts ports = LoopbackPorts.choose(port, secure.size());
    var config = new KafkaConfig(BrokerSettings.of(ground.path(), ports, settings, secure), false);
    ground.formatIfNew();
    Map<SecurityProtocol, String> addresses = new EnumMap<>(SecurityProtocol.class);
    for (int i = 0; i < secure.size(); i++) {
      addresses.put(secure.get(i), LoopbackPorts.HOST + ":" + ports.further().get(i));
    }
    return new LocalBroker(started(config), LoopbackPorts.HOST + ":" + ports.broker(), addresses);
  }

  @Override
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /// The same of a further listener.
  ///
  /// @throws IllegalArgumentException if there is none of this protocol
  public String bootstrapServers(SecurityProtocol protocol) {
    if (!secure.containsKey(protocol)) {
      throw new IllegalArgumentException("no listener of " + protocol + ", only " + secure);
    }
    return secure.get(protocol);
  }

  /// Shuts the broker down and returns when its files are closed. Further calls do nothing.
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      server.shutdown();
      server.awaitShutdown();
    }
  }

  private static KafkaRaftServer started(KafkaConfig config) throws IOException {
    var server = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      server.shutdown();
      server.awaitShutdown();
      throw new IOException("The broker did not start: " + e.getMessage(), e);
    }
  }
}
