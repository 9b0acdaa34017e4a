package io.weir.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// The two ports of 127.0.0.1 that a broker listens on, one for its clients and one for its own
/// controller.
record LoopbackPorts(int broker, int controller) {

  static final String HOST = "127.0.0.1";

  /// Finds ports that are free at this moment.
  ///
  /// @param broker the wished port, 0 for any
  /// @throws IOException if the wished port is taken or outside 0 to 65535
  static LoopbackPorts choose(int broker) throws IOException {
    // Both are held open together, or the same free port could be found twice.
    try (var first = bound(broker);
        var second = bound(0)) {
      return new LoopbackPorts(first.getLocalPort(), second.getLocalPort());
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
