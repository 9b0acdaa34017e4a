package io.weir.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// The ports of 127.0.0.1 that a broker listens on: one for its clients, one for its own
/// controller, and those of further listeners.
record LoopbackPorts(int broker, int controller, List<Integer> further) {

  static final String HOST = "127.0.0.1";

  // Below the ports that systems give to outgoing connections: one of those could take the port
  // between this choice and Kafka's
  // use of it, seconds later, and Kafka ends the JVM when a port is taken.
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_767;
  private static final int MOST_ATTEMPTS = 100;

  /// Finds ports that are free at this moment.
  ///
  /// @param broker the wished port, 0 for any
  /// @param listeners how many further ports
  /// @throws IOException if the wished port is taken or outside 0 to 65535
  static LoopbackPorts choose(int broker, int listeners) throws IOException {
    // All are held open together, or the same free port could be found twice.
    var held = new ArrayList<ServerSocket>();
    try {
      held.add(broker == 0 ? anyFree() : bound(broker));
      for (int i = 0; i <= listeners; i++) {
        held.add(anyFree());
      }
      List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
      return new LoopbackPorts(ports.get(0), ports.get(1), ports.subList(2, ports.size()));
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  private static ServerSocket anyFree() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return bound(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1));
      } catch (IOException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /// @throws IOException if there is no such port
  static void requireValid(int port) throws IOException {
    if (port < 0 || port > 65535) {
      throw new IOException(
          "Port %d does not exist. Choose one from 1 to 65535, or 0 for any free one."
              .formatted(port));
    }
  }

  /// What to tell when something else listens on a port.
  static IOException taken(int port, BindException cause) {
    return new IOException(
        "Port %d of %s cannot be used (%s). Stop what listens there or choose another; 0 takes any free one."
            .formatted(port, HOST, cause.getMessage()),
        cause);
  }

  private static ServerSocket bound(int port) throws IOException {
    requireValid(port);
    try {
      return new ServerSocket(port, 1, InetAddress.getByName(HOST));
    } catch (BindException e) {
      throw taken(port, e);
    }
  }
}
