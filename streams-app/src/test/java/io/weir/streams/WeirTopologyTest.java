package io.weir.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.weir.detector.BatchScorer;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.FeatureContribution;
import io.weir.schemas.event.Score;
import io.weir.streams.decode.BadReason;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.TinyModel;
import io.weir.streams.notify.AlertId;
import io.weir.streams.notify.DeadLetterHandler;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeirTopologyTest {
  @TempDir Path directory;

  @Test
  void anOrdinaryEventIsScoredAndNoAlert() throws Exception {
    try (PaymentStream stream = new PaymentStream(directory, Map.of())) {
      stream.pipe(Payments.of("a", 20));
      assertThat(stream.records("weir-alerts")).isEmpty();
      Score score = (Score) stream.records("weir-scores").getFirst().value();
      assertThat(score.getAnomalous()).isFalse();
      assertThat(score.getScore()).isPositive().isLessThan((float) TinyModel.THRESHOLD);
      assertThat(stream.pipeline.progress().counts().events()).isEqualTo(1);
    }
  }

  @Test
  void anAnomalousEventBecomesAnAlertThatSaysWhy() throws Exception {
    try (PaymentStream stream = new PaymentStream(directory, Map.of())) {
      stream.pipe(Payments.of("a", 20));
      stream.pipe(Payments.of("b", 600));
      Alert alert = (Alert) stream.records("weir-alerts").getFirst().value();
      assertThat(alert.getId())
          .isEqualTo(AlertId.of("payments", 0, 1, stream.pipeline.detector().sha256()));
      assertThat(alert.getTopic()).isEqualTo("payments");
      assertThat(alert.getPartition()).isZero();
      assertThat(alert.getOffset()).isEqualTo(1);
      assertThat(alert.getModelName()).isEqualTo("payments");
      assertThat(alert.getModelVersion()).isEqualTo("1");
      assertThat(alert.getModelSha256()).isEqualTo(stream.pipeline.detector().sha256());
      assertThat(alert.getThreshold()).isEqualTo(TinyModel.THRESHOLD);
      assertThat(alert.getThresholdPolicy()).isEqualTo("quantile:0.9995");
      assertThat(alert.getScore()).isGreaterThan((float) TinyModel.THRESHOLD);
      assertThat(alert.getRarity())
          .isEqualTo(stream.pipeline.detector().card().scores().rarity(alert.getScore()));
      assertThat(alert.getSeverity()).isEqualTo("HIGH");
      assertThat(alert.getFeatures()).hasSize(5);
      assertThat(alert.getFeatures())
          .extracting(FeatureContribution::getContribution)
          .isSortedAccordingTo((a, b) -> Float.compare(b, a));
      FeatureContribution amount = alert.getFeatures().getFirst();
      assertThat(amount.getName()).isEqualTo("amount");
      assertThat(amount.getActual()).isEqualTo(600);
      assertThat(amount.getExpected()).isLessThan(300);
      assertThat(amount.getContribution()).isGreaterThan(0.9f);
      assertThat(alert.getFeatures())
          .filteredOn(f -> f.getName().equals("merchant"))
          .first()
          .extracting(FeatureContribution::getActualText)
          .isEqualTo("fuel");
      assertThat(alert.getFeatures())
          .filteredOn(f -> f.getName().equals("time"))
          .first()
          .extracting(FeatureContribution::getActualText)
          .isEqualTo("02:30");
      assertThat(stream.pipeline.progress().counts().alerts()).isEqualTo(1);
    }
  }

  @Test
  void alertsAndScoresKeepKeyTimestampAndHeaders() throws Exception {
    try (PaymentStream stream = new PaymentStream(directory, Map.of())) {
      byte[] key = "customer-7".getBytes(UTF_8);
      RecordHeaders headers = new RecordHeaders();
      headers.add("trace", "abc".getBytes(UTF_8)).add("trace", null);
      byte[] value = Payments.bytes(stream.paymentSchema, Payments.of("a", 600));
      stream.pipe(new TestRecord<>(key, value, headers, Instant.ofEpochMilli(1_234_567)));
      for (String topic : List.of("weir-alerts", "weir-scores")) {
        TestRecord<byte[], Object> record = stream.records(topic).getFirst();
        assertThat(record.key()).isEqualTo(key);
        assertThat(record.timestamp()).isEqualTo(1_234_567);
        assertThat(record.headers().toArray()).containsExactly(headers.toArray());
        if (record.value() instanceof Alert alert) {
          assertThat(alert.getKey()).isEqualTo(ByteBuffer.wrap(key));
          assertThat(alert.getEventTime()).isEqualTo(Instant.ofEpochMilli(1_234_567));
        }
      }
    }
  }

  @Test
  void scoresAreTheBitsOfTheBatchScorer() throws Exception {
    try (PaymentStream stream = new PaymentStream(directory, Map.of())) {
      int n = 300;
      List<float[]> rows = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        stream.pipe(Payments.ordinary(i));
        rows.add(Payments.row(Payments.ordinary(i)));
      }
      List<TestRecord<byte[], Object>> scores = stream.records("weir-scores");
      try (BatchScorer scorer = stream.pipeline.detector().scorer(n)) {
        for (int i = 0; i < n; i++) {
          System.arraycopy(rows.get(i), 0, scorer.features(), i * 5, 5);
        }
        scorer.scoreRows(n);
        for (int i = 0; i < n; i++) {
          Score score = (Score) scores.get(i).value();
          assertThat(score.getScore()).isEqualTo(scorer.score(i));
          assertThat(score.getReconstructionLoss()).isEqualTo(scorer.reconstructionLoss(i));
          assertThat(score.getKlDivergence()).isEqualTo(scorer.klDivergence(i));
        }
      }
    }
  }

  @Test
  void eachKindOfBadRecordIsADeadLetterWithItsReasonAndTheStreamGoesOn() throws Exception {
    try (PaymentStream stream = new PaymentStream(directory, Map.of())) {
      byte[] good = Payments.bytes(stream.paymentSchema, Payments.of("a", 20));
      GenericRecord refund = new GenericData.Record(Payments.OTHER);
      refund.put("id", "r");
      int other = stream.client.register("refunds-value", new AvroSchema(Payments.OTHER));
      byte[] hugeLength = Arrays.copyOf(good, 15);
      // 2^31 - 1 as a zig-zag varint: the length of the id.
      System.arraycopy(new byte[] {-2, -1, -1, -1, 15}, 0, hugeLength, 5, 5);
      List<byte[]> bad =
          Arrays.asList(
              null,
              new byte[0],
              "{\"amount\": 20}".getBytes(UTF_8),
              new byte[] {0, 0},
              Payments.bytes(987_654, Payments.of("a", 20)),
              Arrays.copyOf(good, good.length - 9),
              Payments.bytes(other, refund),
              Payments.bytes(stream.paymentSchema, Payments.of("a", Double.NaN)),
              hugeLength);
      RecordHeaders headers = new RecordHeaders();
      headers.add("trace", "abc".getBytes(UTF_8));
      byte[] key = {1, 2, 3};
      for (byte[] value : bad) {
        stream.pipe(new TestRecord<>(key, value, headers, Instant.ofEpochMilli(77)));
      }
      stream.pipe(key, good);

      List<TestRecord<byte[], byte[]>> letters =
          stream.output("weir-dead-letters").readRecordsToList();
      assertThat(letters).extracting(TestRecord::value).containsExactlyElementsOf(bad);
      assertThat(letters).allMatch(letter -> Arrays.equals(letter.key(), key));
      assertThat(letters).allMatch(letter -> letter.timestamp() == 77);
      assertThat(letters).allMatch(letter -> header(letter, "trace").equals("abc"));
      assertThat(letters)
          .extracting(letter -> header(letter, "__streams.errors.message").split(":")[0])
          .containsExactly(
              "TOMBSTONE",
              "EMPTY",
              "NO_MAGIC_BYTE",
              "NO_SCHEMA_ID",
              "UNKNOWN_SCHEMA_ID",
              "TRUNCATED",
              "UNSUITABLE_SCHEMA",
              "MISSING_VALUE",
              "TRUNCATED");
      assertThat(header(letters.get(7), "__streams.errors.message")).contains("'amount'");
      assertThat(header(letters.get(3), "__streams.errors.offset")).isEqualTo("3");
      assertThat(stream.records("weir-scores")).hasSize(1);
      assertThat(stream.pipeline.progress().counts().badRecords())
          .containsEntry(BadReason.TRUNCATED, 2L)
          .containsEntry(BadReason.TOMBSTONE, 1L);
      assertThat(stream.pipeline.progress().counts().bad()).isEqualTo(9);
    }
  }

  @Test
  void withoutAScoresTopicOnlyAlertsAreWritten() throws Exception {
    try (PaymentStream stream = new PaymentStream(directory, Map.of("weir.scores.topic", ""))) {
      stream.pipe(Payments.of("a", 600));
      assertThat(stream.records("weir-alerts")).hasSize(1);
      assertThat(stream.pipeline.topology().describe().toString()).doesNotContain("scores");
    }
  }

  @Test
  void thePolicyOfTheSettingsReplacesTheOneOfTheCard() throws Exception {
    try (PaymentStream stream =
        new PaymentStream(
            directory, Map.of("weir.threshold", "value:0", "weir.alert.features.max", "2"))) {
      stream.pipe(Payments.of("a", 20));
      Alert alert = (Alert) stream.records("weir-alerts").getFirst().value();
      assertThat(alert.getThresholdPolicy()).isEqualTo("value:0.0");
      assertThat(alert.getSeverity()).isEqualTo("LOW");
      assertThat(alert.getFeatures()).hasSize(2);
    }
  }

  @Test
  void anythingButABadRecordStopsTheStreamInsteadOfLosingIt() {
    DeadLetterHandler handler = new DeadLetterHandler();
    assertThat(handler.handleError(null, null, new IllegalStateException("broken")).result())
        .isEqualTo(ProcessingExceptionHandler.Result.FAIL);
  }

  @Test
  void theTopologyIsTheOneOnRecord() throws Exception {
    try (PaymentStream stream = new PaymentStream(directory, Map.of());
        var golden = getClass().getResourceAsStream("topology.txt")) {
      assertThat(stream.pipeline.topology().describe())
          .hasToString(new String(golden.readAllBytes(), UTF_8));
    }
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return new String(header.value(), UTF_8);
  }
}
