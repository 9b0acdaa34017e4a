package io.weir.streams.tell.webhook;

import io.weir.schemas.BuildInfo;
import io.weir.streams.config.WebhookSettings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Posts to the webhook's URL. Redirects are not followed: they would take alerts and signature to
/// where nobody sent them.
final class Receiver implements AutoCloseable {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

  private final WebhookSettings settings;
  private final Clock clock;
  private final Optional<Signature> signature;
  private final HttpClient client;

  Receiver(WebhookSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.signature = settings.secret().map(Signature::new);
    Duration timeout = settings.timeout();
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            // Without TLS, HTTP/2 begins with an upgrade that some servers do not understand.
            .version(
                settings.url().getScheme().equalsIgnoreCase("http")
                    ? HttpClient.Version.HTTP_1_1
                    : HttpClient.Version.HTTP_2)
            .build();
  }

  /// Posts once and waits for the answer, for the time-out at the longest.
  ///
  /// @param idempotencyKey by which the receiver knows what it has already
  /// @param body JSON in UTF-8
  Answer post(String idempotencyKey, byte[] body) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.url())
            .timeout(settings.timeout())
            .header("Content-Type", "application/json")
            .header("User-Agent", "weir/" + BuildInfo.current().version())
            .header("Idempotency-Key", idempotencyKey)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    settings.authorization().ifPresent(value -> request.header("Authorization", value));
    signature.ifPresent(
        key -> request.header(Signature.HEADER, key.of(clock.instant().getEpochSecond(), body)));
    // The request's own time-out ends with the headers; a body may never end.
    CompletableFuture<HttpResponse<Void>> response =
        client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
    try {
      return answer(response.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new Answer.Later(
          "no answer within " + settings.timeout().toMillis() + " ms", Duration.ZERO);
    } catch (ExecutionException e) {
      return new Answer.Later("no answer: " + reason(e.getCause()), Duration.ZERO);
    } finally {
      response.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private Answer answer(HttpResponse<Void> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return new Answer.Taken();
    }
    String reason = "HTTP " + status;
    if (status == 408 || status == 429 || status >= 500) {
      return new Answer.Later(
          reason,
          response
              .headers()
              .firstValue("Retry-After")
              .map(value -> retryAfter(value, clock.instant()))
              .orElse(Duration.ZERO));
    }
    return new Answer.Refused(
        status / 100 == 3 ? reason + ", and redirects are not followed" : reason, status);
  }

  /// Seconds, or a date (RFC 9110, section 10.2.3); zero for what is neither, an hour at the most.
  static Duration retryAfter(String value, Instant now) {
    Duration wait;
    String text = value.strip();
    if (text.matches("\\d{1,9}")) {
      wait = Duration.ofSeconds(Long.parseLong(text));
    } else {
      try {
        Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        wait = until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
      } catch (DateTimeException e) {
        wait = Duration.ZERO;
      }
    }
    return wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait;
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
