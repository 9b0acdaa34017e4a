package io.weir.streams.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Checked settings of `./weir webhook`.
///
/// @param client brokers, registry and alerts topic
/// @param url where alerts are posted to; not for logs, see [#receiver()]
/// @param secret key of the signature
/// @param authorization value of the header Authorization
/// @param group consumer group
/// @param minSeverity the lowest severity that is posted
/// @param deadLetterTopic topic for what cannot be delivered
/// @param timeout longest wait for one answer
/// @param attemptsMax requests for one alert, 0 for no end
/// @param backoff pause after the first failure
/// @param backoffMax longest pause
public record WebhookSettings(
    ClientSettings client,
    URI url,
    Optional<String> secret,
    Optional<String> authorization,
    String group,
    String minSeverity,
    String deadLetterTopic,
    Duration timeout,
    int attemptsMax,
    Duration backoff,
    Duration backoffMax) {
  /// The receiver for messages: without the path, which may be a secret.
  public String receiver() {
    return url.getScheme() + "://" + url.getAuthority();
  }

  /// Without secrets, for messages.
  @Override
  public String toString() {
    return "webhook to " + receiver() + " as group " + group;
  }
}
