package io.weir.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/// The Kafka settings of a broker that is alone: one replica of everything, small buffers, no
/// waiting for others.
final class BrokerSettings {

  static final int NODE_ID = 1;
  static final String CONTROLLER = "CONTROLLER";

  private static final Map<String, String> ALONE =
      Map.ofEntries(
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "1"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"),
          Map.entry("group.initial.rebalance.delay.ms", "0"));

  private static final Map<String, String> SMALL =
      Map.ofEntries(
          Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "2"),
          Map.entry("background.threads", "2"));

  private static final Map<String, String> FOR_TRIALS =
      Map.ofEntries(
          // A misspelt topic fails instead of being there, empty.
          Map.entry("auto.create.topics.enable", "false"),
          // Historical data carries its own time stamps: by them, its records would be expired on
          // arrival.
          Map.entry("log.retention.ms", "-1"),
          // A killed client's transaction and membership end soon when the client asked for a short
          // time-out.
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
          Map.entry("group.min.session.timeout.ms", "1000"));

  private BrokerSettings() {}

  /// The settings of one broker.
  ///
  /// @param overrides win over everything but where the broker listens and stores
  /// @param secure protocols of the further listeners, which are named like them
  static Map<String, String> of(
      Path directory,
      LoopbackPorts ports,
      Map<String, String> overrides,
      List<SecurityProtocol> secure) {
    var settings = new HashMap<String, String>();
    settings.putAll(ALONE);
    settings.putAll(SMALL);
    settings.putAll(FOR_TRIALS);
    settings.putAll(overrides);
    var listeners = new ArrayList<String>();
    listeners.add("PLAINTEXT://" + LoopbackPorts.HOST + ":" + ports.broker());
    var protocols = new ArrayList<String>();
    protocols.add("PLAINTEXT:PLAINTEXT");
    for (int i = 0; i < secure.size(); i++) {
      String name = secure.get(i).name;
      listeners.add(name + "://" + LoopbackPorts.HOST + ":" + ports.further().get(i));
      protocols.add(name + ":" + name);
    }
    settings.put("advertised.listeners", String.join(",", listeners));
    String controller = LoopbackPorts.HOST + ":" + ports.controller();
    listeners.add(CONTROLLER + "://" + controller);
    protocols.add(CONTROLLER + ":PLAINTEXT");
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("listeners", String.join(",", listeners));
    settings.put("controller.listener.names", CONTROLLER);
    settings.put("listener.security.protocol.map", String.join(",", protocols));
    settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
    settings.put("log.dirs", directory.toString());
    return settings;
  }
}
