package io.weir.streams.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The id of an alert: SHA-256, in lower-case hex, of the UTF-8 text
/// `topic/partition/offset/model_sha256`.
///
/// The same event and the same model always give the same id, whatever the redelivery or the
/// language that computes it.
public final class AlertId {
  private AlertId() {}

  /// The id.
  public static String of(String topic, int partition, long offset, String modelSha256) {
    String name = topic + "/" + partition + "/" + offset + "/" + modelSha256;
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
