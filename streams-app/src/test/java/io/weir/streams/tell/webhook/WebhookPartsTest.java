package io.weir.streams.tell.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.schemas.event.Alert;
import io.weir.schemas.event.Incident;
import io.weir.streams.fixture.Command;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class WebhookPartsTest {
  @Test
  void theSignatureIsThatOfOtherImplementations() {
    // printf '1767225600.{"id":"a"}' | openssl dgst -sha256 -hmac 'top secret'
    assertThat(
            new Signature("top secret")
                .of(1_767_225_600L, "{\"id\":\"a\"}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            "t=1767225600,v1=aecbc91e02a489eca525192b4d6351d6bef0b80badb6846612639483a8f7a4a1");
  }

  @Test
  void theCheckInTheDocumentsAcceptsIt() throws Exception {
    assumeTrue(Command.of("python3", "--version").succeeds(), "needs python3");
    byte[] body = "{\"sentence\":\"Zürich\"}".getBytes(StandardCharsets.UTF_8);
    long now = Instant.now().getEpochSecond();
    assertThat(isGenuine(new Signature("ours").of(now, body), body)).isEqualTo("True");
    assertThat(isGenuine(new Signature("theirs").of(now, body), body)).isEqualTo("False");
    assertThat(isGenuine(new Signature("ours").of(now - 3_600, body), body)).isEqualTo("False");
    assertThat(isGenuine(new Signature("ours").of(now, body), new byte[] {'x'})).isEqualTo("False");
  }

  /// What the Python in docs/consumers/README.md says.
  private static String isGenuine(String header, byte[] body) throws Exception {
    String page = Files.readString(Path.of("..", "docs", "consumers", "README.md"));
    String code =
        page.substring(page.indexOf("    import hashlib")).stripTrailing().stripIndent()
            + "\n\nimport sys\n"
            + "print(is_genuine(sys.argv[1], bytes.fromhex(sys.argv[2]), b'ours'))\n";
    return Command.of("python3", "-c", code, header, HexFormat.of().formatHex(body)).run().strip();
  }

  @Test
  void pausesDoubleUpToTheBoundAndNeverFallBelowHalf() {
    Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(60), new Random(1));
    long[] whole = {500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000};
    for (int failures = 1; failures <= whole.length; failures++) {
      int each = failures;
      List<Long> pauses =
          LongStream.range(0, 200)
              .mapToObj(_ -> backoff.pause(each, Duration.ZERO).toMillis())
              .toList();
      assertThat(pauses)
          .as("after %d failures", failures)
          .allMatch(pause -> pause >= whole[each - 1] / 2 && pause <= whole[each - 1]);
      assertThat(Set.copyOf(pauses)).hasSizeGreaterThan(50);
    }
    assertThat(backoff.pause(1_000_000, Duration.ZERO)).isBetween(seconds(30), seconds(60));
    assertThat(new Backoff(seconds(3_600), seconds(3_600), new Random(1)).pause(99, Duration.ZERO))
        .isBetween(seconds(1_800), seconds(3_600));
  }

  @Test
  void whatTheReceiverAsksForIsWaitedOut() {
    Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(60), new Random(1));
    assertThat(backoff.pause(1, seconds(90))).isEqualTo(seconds(90));

    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    assertThat(Receiver.retryAfter("120", now)).isEqualTo(seconds(120));
    assertThat(Receiver.retryAfter("Sun, 01 Mar 2026 12:00:30 GMT", now)).isEqualTo(seconds(30));
    assertThat(Receiver.retryAfter("Sun, 01 Mar 2026 11:00:00 GMT", now)).isZero();
    assertThat(Receiver.retryAfter("soon", now)).isZero();
    assertThat(Receiver.retryAfter("999999", now)).as("an hour at most").isEqualTo(seconds(3_600));
  }

  @Test
  void anAlertIsKnownByItsIdAndTheStatusOfItsIncident() {
    assertThat(key(Alert.newBuilder().setId("ab12").build())).isEqualTo("ab12");
    assertThat(
            key(
                Alert.newBuilder()
                    .setId("ab12")
                    .setIncident(Incident.newBuilder().setStatus("CLOSED").build())
                    .build()))
        .isEqualTo("ab12-CLOSED");
    assertThat(key(Alert.newBuilder().build())).isEqualTo("alerts-3-17");
    assertThat(key(Alert.newBuilder().setId("a\r\nX-Evil: 1 ä".repeat(100)).build()))
        .matches("[A-Za-z0-9._-]{255}");
  }

  private static String key(Alert alert) {
    return IdempotencyKey.of(alert, new ConsumerRecord<>("alerts", 3, 17, null, null));
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
