package io.weir.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.event.Alert;
import io.weir.schemas.event.Score;
import io.weir.streams.fixture.Payments;
import io.weir.streams.notify.AlertId;
import io.weir.streams.ops.Progress;
import io.weir.streams.ops.StartRefusedException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ignore rules, cool-downs and incidents, through the whole topology.
class MuteTopologyTest {
  private static final Map<String, String> INCIDENTS = Map.of("weir.incident.gap.ms", "100");

  @TempDir Path directory;

  @Test
  void anIncidentIsAnAlertWhenItOpensAndOneWhenItIsOver() throws Exception {
    try (PaymentStream stream = new PaymentStream(directory, INCIDENTS)) {
      pipe(stream, "ann", 600, 1_000);
      pipe(stream, "ann", 600, 1_050);
      for (int i = 0; i < 8; i++) {
        pipe(stream, "bob", 20, 2_000 + i);
      }
      List<TestRecord<byte[], Object>> records = stream.records("weir-alerts");
      assertThat(records).hasSize(2);
      Alert opened = (Alert) records.getFirst().value();
      Alert closed = (Alert) records.getLast().value();
      String sha256 = stream.pipeline.detector().sha256();
      assertThat(opened.getId()).isEqualTo(AlertId.of("payments", 0, 0, sha256));
      assertThat(opened.getIncident().getStatus()).isEqualTo("OPENED");
      assertThat(opened.getIncident().getId()).isEqualTo(opened.getId());
      assertThat(closed.getId()).isEqualTo(sha256("payments/0/1/" + sha256 + "/closed"));
      assertThat(closed.getIncident().getStatus()).isEqualTo("CLOSED");
      assertThat(closed.getIncident().getId()).isEqualTo(opened.getId());
      assertThat(closed.getIncident().getEvents()).isEqualTo(2);
      assertThat(closed.getIncident().getDurationMs()).isEqualTo(50);
      assertThat(closed.getSuppressed()).isEqualTo(1);
      assertThat(closed.getOffset()).as("of its latest anomalous event").isEqualTo(1);
      assertThat(closed.getScore()).isEqualTo(opened.getScore());
      assertThat(closed.getSentence()).startsWith("amount 600.00 where ");
      assertThat(records.getLast().key()).isEqualTo("ann".getBytes(UTF_8));
      assertThat(records.getLast().timestamp()).isEqualTo(1_050);
      assertThat(records.getFirst().headers().toArray()).hasSize(1);
      assertThat(records.getLast().headers().toArray()).as("nobody kept them").isEmpty();
      assertThat(stream.records("weir-scores"))
          .filteredOn(score -> ((Score) score.value()).getAnomalous())
          .as("what is suppressed is anomalous all the same")
          .hasSize(2);
      Progress.Counts counts = stream.pipeline.progress().counts();
      assertThat(counts.alerts()).isEqualTo(2);
      assertThat(counts.suppressed()).isEqualTo(new Progress.Suppressed(Map.of(), 0, 1));
    }
  }

  @Test
  void aCooldownSuppressesAndTheNextAlertSaysSo() throws Exception {
    try (PaymentStream stream = new PaymentStream(directory, Map.of("weir.cooldown.ms", "100"))) {
      for (long time : new long[] {1_000, 1_050, 1_100, 1_200}) {
        pipe(stream, "ann", 600, time);
      }
      List<TestRecord<byte[], Object>> records = stream.records("weir-alerts");
      assertThat(records)
          .extracting(record -> ((Alert) record.value()).getOffset())
          .containsExactly(0L, 3L);
      Alert next = (Alert) records.getLast().value();
      assertThat(next.getSuppressed()).isEqualTo(2);
      assertThat(next.getIncident()).isNull();
      assertThat(next.getId())
          .isEqualTo(AlertId.of("payments", 0, 3, stream.pipeline.detector().sha256()));
      assertThat(stream.pipeline.progress().counts().suppressed().cooldown()).isEqualTo(2);
    }
  }

  @Test
  void anIgnoreRuleSuppressesWithoutAnythingBeingKept() throws Exception {
    Map<String, String> rules =
        Map.of(
            "weir.ignore.small", "amount < 700 and merchant = fuel",
            "weir.ignore.never", "key = nobody");
    try (PaymentStream stream = new PaymentStream(directory, rules)) {
      pipe(stream, "ann", 600, 1_000);
      pipe(stream, "ann", 800, 1_001);
      assertThat(stream.records("weir-alerts")).hasSize(1);
      assertThat(stream.records("weir-scores")).hasSize(2);
      assertThat(stream.pipeline.progress().counts().suppressed().ignored())
          .containsExactlyInAnyOrderEntriesOf(Map.of("never", 0L, "small", 1L));
      assertThat(stream.pipeline.keepsState()).isFalse();
      assertThat(stream.pipeline.exactlyOnce()).isFalse();
    }
  }

  @Test
  void theCauseOfARuleIsTheFirstFeatureOfTheAlert() throws Exception {
    try (PaymentStream stream =
        new PaymentStream(directory, Map.of("weir.ignore.amount", "cause = amount"))) {
      pipe(stream, "ann", 600, 1_000);
      assertThat(stream.records("weir-alerts")).isEmpty();
    }
    try (PaymentStream stream = new PaymentStream(directory, Map.of())) {
      pipe(stream, "ann", 600, 1_000);
      Alert alert = (Alert) stream.records("weir-alerts").getFirst().value();
      assertThat(alert.getFeatures().getFirst().getName()).isEqualTo("amount");
    }
  }

  @Test
  void allRulesThatTheModelCannotFollowAreNamedAtOnce() {
    assertThatThrownBy(
            () ->
                new PaymentStream(
                    directory,
                    Map.of(
                        "weir.ignore.one", "amuont < 5",
                        "weir.ignore.two", "merchant = feul")))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("weir.ignore.one = amuont < 5")
        .hasMessageContaining("the nearest is amount")
        .hasMessageContaining("weir.ignore.two = merchant = feul")
        .hasMessageContaining("the nearest is fuel");
  }

  @Test
  void whatIsKeptTakesExactlyOnce() throws Exception {
    try (PaymentStream stream = new PaymentStream(directory, INCIDENTS)) {
      assertThat(stream.pipeline.exactlyOnce()).isTrue();
      assertThat(stream.pipeline.changelogs()).containsExactly("weir-test-mute-changelog");
      assertThat(stream.pipeline.requiredAccess())
          .extracting(rule -> rule.name())
          .contains("weir-test-mute-changelog");
      assertThat(stream.pipeline.topology().describe().toString()).contains("stores: [mute]");
    }
    assertThatThrownBy(
            () ->
                new PaymentStream(
                    directory,
                    Map.of(
                        "weir.cooldown.ms",
                        "5",
                        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                        "at_least_once")))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("processing.guarantee = at_least_once")
        .hasMessageContaining("weir.cooldown.ms = 5")
        .hasMessageContaining("count twice");
    assertThatThrownBy(
            () ->
                new PaymentStream(
                    directory,
                    Map.of(
                        "weir.incident.gap.ms", "5",
                        "weir.input.topics", "",
                        "weir.input.pattern", "weir-test-.*")))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("includes weir-test-mute-changelog");
  }

  private static void pipe(PaymentStream stream, String key, double amount, long timestamp) {
    stream.pipe(
        new TestRecord<>(
            key.getBytes(UTF_8),
            Payments.bytes(stream.paymentSchema, Payments.of("p", amount)),
            new RecordHeaders().add("trace", new byte[] {1}),
            Instant.ofEpochMilli(timestamp)));
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }
}
