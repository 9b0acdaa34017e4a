package io.weir.streams.ops;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/// Finds out a port that speaks TLS before Kafka's client goes there without: it would take the
/// alert that it gets for the length of an answer, 352 MB, and run out of memory.
final class TlsPort {
  /// A request for the versions of the broker's API: length, key 18, version 0, number 0, no name.
  private static final byte[] REQUEST =
      ByteBuffer.allocate(14)
          .putInt(10)
          .putShort((short) 18)
          .putShort((short) 0)
          .putInt(0)
          .putShort((short) -1)
          .array();

  /// The first byte of a TLS alert; the first one of an answer of Kafka is 0.
  private static final int ALERT = 0x15;

  private TlsPort() {}

  /// Whether one of the addresses answers with TLS.
  ///
  /// @param addresses `host:port`, separated by commas
  /// @param timeoutMs of connection and answer; whoever is silent is not known to speak TLS
  static boolean isAmong(String addresses, int timeoutMs) {
    for (String address : addresses.split(",")) {
      int colon = address.lastIndexOf(':');
      if (colon > 0 && answersWithAlert(address.strip(), colon, timeoutMs)) {
        return true;
      }
    }
    return false;
  }

  private static boolean answersWithAlert(String address, int colon, int timeoutMs) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
          timeoutMs);
      socket.setSoTimeout(timeoutMs);
      socket.getOutputStream().write(REQUEST);
      return socket.getInputStream().read() == ALERT;
    } catch (IOException | IllegalArgumentException e) {
      // Kafka's client says it better.
      return false;
    }
  }
}
