package io.weir.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.event.Alert;
import io.weir.schemas.event.Score;
import io.weir.streams.fixture.OfflineWindows;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.TinyWindowModel;
import io.weir.streams.gather.KeylessRecordException;
import io.weir.streams.ops.Progress;
import io.weir.streams.ops.StartRefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rules of windows, through the whole topology.
class WindowTopologyTest {
  private static final byte[] ANN = "ann".getBytes(UTF_8);
  private static final byte[] BOB = "bob".getBytes(UTF_8);

  @TempDir Path directory;

  @Test
  void anEventIsScoredOnceItsWindowIsFull() throws Exception {
    try (PaymentStream stream = stream(TinyWindowModel.of(3, null), Map.of())) {
      for (int i = 0; i < 5; i++) {
        pipe(stream, ANN, i, i);
      }
      pipe(stream, BOB, 5, 5);
      assertThat(offsets(stream)).containsExactly(2L, 3L, 4L);
      assertThat(counts(stream).warmingUp()).isEqualTo(3);
      assertThat(counts(stream).events()).isEqualTo(3);
    }
  }

  @Test
  void paddedModelsScoreFromTheFirstEventOn() throws Exception {
    try (PaymentStream stream = stream(TinyWindowModel.lstm(3, 100L).padded(), Map.of());
        OfflineWindows offline = new OfflineWindows(stream.pipeline.detector())) {
      List<Float> expected = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        long time = i < 4 ? i : 1_000;
        pipe(stream, ANN, i, time);
        expected.add(offline.score(ANN, time, Payments.row(Payments.ordinary(i))));
      }
      assertThat(scores(stream)).extracting(Score::getScore).containsExactlyElementsOf(expected);
      assertThat(counts(stream).warmingUp()).isZero();
    }
  }

  @Test
  void aGapStartsTheWindowAnewAndALateEventDoesNot() throws Exception {
    try (PaymentStream stream = stream(TinyWindowModel.of(2, 100L), Map.of())) {
      long[] times = {1_000, 1_100, 1_201, 1_202, 900, 1_302, 1_403};
      for (int i = 0; i < times.length; i++) {
        pipe(stream, ANN, i, times[i]);
      }
      assertThat(offsets(stream))
          .as("2 and 6 come after gaps; 5 is no more than 100 ms after 3")
          .containsExactly(1L, 3L, 4L, 5L);
      assertThat(counts(stream).lateEvents()).isEqualTo(1);
      assertThat(counts(stream).warmingUp()).isEqualTo(3);
    }
  }

  @Test
  void aGapOfTheSettingsReplacesTheOneOfTheCard() throws Exception {
    try (PaymentStream stream =
        stream(TinyWindowModel.of(2, 100L), Map.of("weir.window.max.gap.ms", "1000"))) {
      pipe(stream, ANN, 0, 0);
      pipe(stream, ANN, 1, 1_000);
      pipe(stream, ANN, 2, 2_001);
      assertThat(offsets(stream)).containsExactly(1L);
    }
  }

  @Test
  void theSameKeyInTwoTopicsHasTwoWindows() throws Exception {
    try (PaymentStream stream =
        stream(TinyWindowModel.of(2, null), Map.of("weir.input.topics", "payments,refunds"))) {
      TestInputTopic<byte[], byte[]> refunds = stream.input("refunds");
      pipe(stream, ANN, 0, 0);
      byte[] refund = Payments.bytes(stream.paymentSchema, Payments.ordinary(1));
      refunds.pipeInput(ANN, refund, 1);
      assertThat(stream.records("weir-scores")).isEmpty();
      refunds.pipeInput(ANN, refund, 2);
      assertThat(scores(stream)).extracting(s -> s.getTopic()).containsExactly("refunds");
    }
  }

  @Test
  void badRecordsEnterNoWindow() throws Exception {
    try (PaymentStream stream = stream(TinyWindowModel.of(2, null), Map.of());
        OfflineWindows offline = new OfflineWindows(stream.pipeline.detector())) {
      pipe(stream, ANN, 0, 0);
      stream.pipe(ANN, new byte[] {1, 2, 3});
      pipe(stream, ANN, 1, 1);
      offline.score(ANN, 0, Payments.row(Payments.ordinary(0)));
      assertThat(scores(stream))
          .extracting(Score::getScore)
          .containsExactly(offline.score(ANN, 1, Payments.row(Payments.ordinary(1))));
      assertThat(counts(stream).bad()).isEqualTo(1);
    }
  }

  @Test
  void recordsWithoutAKeyAndThoseWithAnEndlessOneAreDeadLettersWithTheCure() throws Exception {
    try (PaymentStream stream = stream(TinyWindowModel.of(2, null), Map.of())) {
      pipe(stream, null, 0, 0);
      pipe(stream, new byte[5_000], 1, 1);
      pipe(stream, new byte[4_096], 2, 2);
      assertThat(stream.output("weir-dead-letters").readRecordsToList())
          .extracting(
              letter ->
                  new String(
                      letter.headers().lastHeader("__streams.errors.message").value(), UTF_8))
          .satisfiesExactly(
              text -> assertThat(text).startsWith("NO_KEY").contains("produce with keys"),
              text -> assertThat(text).startsWith("KEY_TOO_LONG").contains("5,000", "4,096"));
      assertThat(counts(stream).warmingUp()).isEqualTo(1);
    }
  }

  @Test
  void recordsWithoutAKeyStopTheProcessorIfTheSettingsRefuseThem() throws Exception {
    PaymentStream stream =
        stream(TinyWindowModel.of(2, null), Map.of("weir.window.null.key", "refuse"));
    pipe(stream, ANN, 0, 0);
    assertThatThrownBy(() -> pipe(stream, null, 1, 1))
        .rootCause()
        .isInstanceOf(KeylessRecordException.class)
        .hasMessageContaining("payments-0 offset 1")
        .hasMessageContaining("weir.window.null.key=dead_letter");
    stream.close();
  }

  @Test
  void aModelTrainedWithoutKeysTakesRecordsWithoutOneForOneWindow() throws Exception {
    try (PaymentStream stream = stream(TinyWindowModel.of(2, null).withoutKey(), Map.of())) {
      pipe(stream, null, 0, 0);
      pipe(stream, null, 1, 1);
      pipe(stream, ANN, 2, 2);
      pipe(stream, new byte[0], 3, 3);
      pipe(stream, null, 4, 4);
      assertThat(offsets(stream)).containsExactly(1L, 4L);
    }
  }

  @Test
  void idleKeysAreForgottenWithTombstonesForAllTheirSlots() throws Exception {
    try (PaymentStream stream = stream(TinyWindowModel.of(3, 1_000L), Map.of())) {
      for (int i = 0; i < 64; i++) {
        pipe(stream, BOB, i, 0);
      }
      for (int i = 0; i < 5; i++) {
        pipe(stream, ANN, i, i);
      }
      pipe(stream, "dan".getBytes(UTF_8), 5, 1_000_000);
      for (int i = 0; i < 200; i++) {
        pipe(stream, BOB, i, 1_500 + i);
      }
      stream.pass(Duration.ofSeconds(1));
      assertThat(slots(stream)).as("ann's last event is not 2,000 ms ago").isEqualTo(7);
      for (int i = 0; i < 128; i++) {
        pipe(stream, BOB, i, 2_400 + i);
      }
      stream.pass(Duration.ofSeconds(1));
      assertThat(slots(stream)).as("bob's and dan's").isEqualTo(4);
      assertThat(counts(stream).expiredKeys()).isEqualTo(1);
      assertThat(stream.output("weir-test-windows-changelog").readRecordsToList())
          .filteredOn(record -> record.value() == null)
          .as("tombstones")
          .hasSize(3);
      stream.records("weir-scores");
      pipe(stream, ANN, 9, 3_000);
      assertThat(stream.records("weir-scores")).as("starts anew").isEmpty();
    }
  }

  @Test
  void anAlertShowsEachFeatureAtTheEventThatTellsMost() throws Exception {
    try (PaymentStream stream =
        stream(TinyWindowModel.of(3, null), Map.of("weir.threshold", "value:0"))) {
      double[] amounts = {5, 900, 20};
      for (int i = 0; i < 3; i++) {
        stream.pipe(
            record(ANN, i, Payments.bytes(stream.paymentSchema, Payments.of("p", amounts[i]))));
      }
      Alert alert = (Alert) stream.records("weir-alerts").getFirst().value();
      assertThat(alert.getFeatures()).hasSize(5);
      assertThat(alert.getFeatures().getFirst().getName()).isEqualTo("amount");
      assertThat(alert.getFeatures().getFirst().getActual()).isEqualTo(900);
      assertThat(alert.getFeatures().getFirst().getStep()).isEqualTo(-1);
      assertThat(
              alert.getFeatures().stream().mapToDouble(feature -> feature.getContribution()).sum())
          .isBetween(0.999, 1.001);
    }
  }

  @Test
  void windowsAreProcessedExactlyOnceAndAnythingElseIsRefused() throws Exception {
    try (PaymentStream stream = stream(TinyWindowModel.of(2, null), Map.of())) {
      assertThat(stream.pipeline.streamsProperties())
          .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, "exactly_once_v2")
          .containsEntry("topic.segment.bytes", 64 * 1024 * 1024)
          .containsEntry("batch.size", 128 * 1024);
    }
    assertThatThrownBy(
            () ->
                stream(
                    TinyWindowModel.of(2, null), Map.of("processing.guarantee", "at_least_once")))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("processing.guarantee = at_least_once")
        .hasMessageContaining("Set exactly_once_v2");
  }

  @Test
  void anExpiryThatWouldEndWindowsThatGoOnIsRefused() {
    assertThatThrownBy(
            () ->
                stream(TinyWindowModel.of(2, 5_000L), Map.of("weir.window.idle.expiry.ms", "4999")))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("weir.window.idle.expiry.ms = 4999")
        .hasMessageContaining("5000 ms (from the model card)");
  }

  @Test
  void aGapInAnUnknownUnitIsRefusedUntilItIsSaidInMilliseconds() throws Exception {
    TinyWindowModel model = TinyWindowModel.withNumericGap(2, 5);

    assertThatThrownBy(() -> stream(model, Map.of()))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("a gap of 5.0 in the unit of its column 't'")
        .hasMessageContaining("set weir.window.max.gap.ms");
    try (PaymentStream stream = stream(model, Map.of("weir.window.max.gap.ms", "100"))) {
      pipe(stream, ANN, 0, 0);
      pipe(stream, ANN, 1, 101);
      pipe(stream, ANN, 2, 201);
      assertThat(offsets(stream)).containsExactly(2L);
    }
  }

  @Test
  void withoutAGapTheExpiryIsOne() throws Exception {
    try (PaymentStream stream =
        stream(TinyWindowModel.of(2, null), Map.of("weir.window.idle.expiry.ms", "100"))) {
      pipe(stream, ANN, 0, 0);
      pipe(stream, ANN, 1, 101);
      pipe(stream, ANN, 2, 201);
      assertThat(offsets(stream)).containsExactly(2L);
    }
  }

  @Test
  void aPatternMayNotReadItsOwnWindows() {
    assertThatThrownBy(
            () ->
                stream(
                    TinyWindowModel.of(2, null),
                    Map.of("weir.input.topics", "", "weir.input.pattern", "weir-test-.*")))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("includes weir-test-windows-changelog");
  }

  @Test
  void theTopologyOfWindowsHasOneStore() throws Exception {
    try (PaymentStream stream = stream(TinyWindowModel.of(2, null), Map.of())) {
      assertThat(stream.pipeline.topology().describe().toString())
          .contains("Processor: detect (stores: [windows])");
    }
  }

  private PaymentStream stream(TinyWindowModel model, Map<String, String> more) throws Exception {
    return new PaymentStream(
        model.write(directory.resolve("windows.onnx")), more, Instant.ofEpochMilli(0));
  }

  private static void pipe(PaymentStream stream, byte[] key, int number, long time) {
    stream.pipe(record(key, time, Payments.bytes(stream.paymentSchema, Payments.ordinary(number))));
  }

  private static TestRecord<byte[], byte[]> record(byte[] key, long time, byte[] value) {
    return new TestRecord<>(key, value, Instant.ofEpochMilli(time));
  }

  private static List<Score> scores(PaymentStream stream) {
    return stream.records("weir-scores").stream().map(record -> (Score) record.value()).toList();
  }

  private static List<Long> offsets(PaymentStream stream) {
    return scores(stream).stream().map(Score::getOffset).toList();
  }

  private static Progress.Counts counts(PaymentStream stream) {
    return stream.pipeline.progress().counts();
  }

  private static int slots(PaymentStream stream) {
    int slots = 0;
    try (var all = stream.store(KeptStore.WINDOWS.store()).all()) {
      while (all.hasNext()) {
        all.next();
        slots++;
      }
    }
    return slots;
  }
}
