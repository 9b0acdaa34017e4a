package io.weir.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.Quantile;
import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ScoreSegments;
import io.weir.schemas.card.ScoreSegments.Segment;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.Score;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.TinyModel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model with segments by merchant, in the topology: at the fuel station every score is high.
class SegmentsTest {
  private static final double FACTOR = 1e-6;

  @TempDir Path directory;

  private static ModelCard segmented(ModelCard of) {
    ScoreDistribution fuel =
        new ScoreDistribution(
            100_000,
            0.5 * FACTOR,
            0.5 * FACTOR,
            of.scores().quantiles().stream()
                .map(q -> new Quantile(q.p(), FACTOR * q.score()))
                .toList());
    return new ModelCard(
        of.cardVersion(),
        of.name(),
        of.version(),
        of.created(),
        of.weirVersion(),
        of.features(),
        of.preprocessing(),
        of.architecture(),
        of.training(),
        of.history(),
        of.data(),
        of.scoring(),
        of.scores(),
        of.thresholds(),
        of.golden(),
        null,
        new ScoreSegments("merchant", 1_000, List.of(new Segment("fuel", fuel))),
        null,
        null);
  }

  private static GenericRecord payment(String merchant, double amount) {
    GenericRecord payment = Payments.of("a", amount);
    payment.put("merchant", merchant);
    return payment;
  }

  @Test
  void anEventIsJudgedByItsSegmentAndItsAlertSaysSo() throws Exception {
    Path model = TinyModel.write(directory, SegmentsTest::segmented);
    try (PaymentStream stream = new PaymentStream(model, Map.of(), Instant.EPOCH)) {
      stream.pipe(payment("travel", 20));
      stream.pipe(payment("fuel", 20));
      stream.pipe(payment("travel", 600));

      List<Alert> alerts =
          stream.records("weir-alerts").stream().map(record -> (Alert) record.value()).toList();
      assertThat(alerts).extracting(Alert::getOffset).containsExactly(1L, 2L);
      assertThat(alerts.get(0).getSegment()).isEqualTo("fuel");
      assertThat(alerts.get(0).getThreshold()).isLessThan(TinyModel.THRESHOLD * 10 * FACTOR);
      assertThat(alerts.get(0).getThresholdPolicy()).isEqualTo("quantile:0.9995");
      assertThat(alerts.get(0).getRarity()).isEqualTo(100_000);
      assertThat(alerts.get(1).getSegment()).isNull();
      assertThat(alerts.get(1).getThreshold()).isEqualTo(TinyModel.THRESHOLD);
      assertThat(stream.records("weir-scores"))
          .extracting(record -> ((Score) record.value()).getAnomalous())
          .containsExactly(false, true, true);
    }
  }

  @Test
  void aBudgetTakesTheRateOfTheSettings() throws Exception {
    Map<String, String> settings =
        Map.of("weir.threshold", "budget:20/day", "weir.events.per.day", "200000");
    try (PaymentStream stream =
        new PaymentStream(TinyModel.write(directory), settings, Instant.EPOCH)) {
      stream.pipe(payment("travel", 600));
      Alert alert = (Alert) stream.records("weir-alerts").getFirst().value();
      assertThat(alert.getThresholdPolicy()).isEqualTo("budget:20/day");
      // One in 10,000 of the card.
      assertThat(alert.getThreshold()).isEqualTo(5);
    }
  }
}
