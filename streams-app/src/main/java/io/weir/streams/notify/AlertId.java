package io.weir.streams.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// The id of an alert: SHA-256, in lower-case hex, of the UTF-8 text
/// `topic/partition/offset/model_sha256`, with `/updated` or `/closed` behind it for alerts that
/// say so of an incident.
///
/// The same event and the same model always give the same id, whatever the redelivery or the
/// language that computes it.
public final class AlertId {
  private static final String OPENED = "OPENED";

  private AlertId() {}

  /// The id.
  public static String of(String topic, int partition, long offset, String modelSha256) {
    return hash(topic + "/" + partition + "/" + offset + "/" + modelSha256);
  }

  /// The id of an alert of an incident.
  ///
  /// @param status of the incident: the alert that opens it has the plain id
  static String of(String topic, int partition, long offset, String modelSha256, String status) {
    String name = topic + "/" + partition + "/" + offset + "/" + modelSha256;
    return hash(status.equals(OPENED) ? name : name + "/" + status.toLowerCase(Locale.ROOT));
  }

  private static String hash(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
