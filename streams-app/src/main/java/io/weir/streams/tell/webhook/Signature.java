package io.weir.streams.tell.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The header that proves to a receiver that a request comes from somebody who knows the secret,
/// and when it was made: `t=1767225600,v1=5257a8...`, where v1 is the HMAC-SHA256 (RFC 2104) of the
/// time, a dot and the body, in lower-case hex.
final class Signature {
  /// The header's name.
  static final String HEADER = "Weir-Signature";

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  Signature(String secret) {
    key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /// The header's value.
  ///
  /// @param seconds since 1970-01-01 UTC
  String of(long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }
}
