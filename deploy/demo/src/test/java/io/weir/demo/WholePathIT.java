package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.demo.source.PaymentSource;
import io.weir.schemas.event.Alert;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From rows to alerts, every part real: numbers, categories, a timestamp and missing values.
class WholePathIT {
  private static final int ROWS = 6_000;

  @TempDir private static Path directory;
  @TempDir private static Path files;
  private static PathRun run;

  @BeforeAll
  static void trainAndStream() throws IOException {
    Path file = files.resolve("payments.csv");
    new PaymentSource(3, ROWS).writeHistory(file);
    run = PathRun.of(directory, file, "fraud");
  }

  @AfterAll
  static void stop() {
    if (run != null) {
      run.close();
    }
  }

  @Test
  void theScoresTopicHoldsTheScoresOfTheScoreCommandBitForBit() throws IOException {
    assertThat(run.scoresTopic()).hasSize(ROWS / 2).isEqualTo(run.scoreCommand());
  }

  @Test
  void anAlertIsReadByTheOfficialDeserializerAndSaysWhy() {
    List<ConsumerRecord<byte[], Alert>> alerts = run.read(Platform.ALERTS, Alert.class);

    assertThat(alerts).hasSize((int) run.summary().tally().alerts()).isNotEmpty();
    assertThat(alerts)
        .allSatisfy(
            record -> {
              Alert alert = record.value();
              assertThat((double) alert.getScore()).isGreaterThan(alert.getThreshold());
              assertThat(alert.getThresholdPolicy().toString()).isEqualTo("quantile:0.99");
              assertThat(alert.getRarity()).isGreaterThanOrEqualTo(75);
              assertThat(alert.getFeatures()).isNotEmpty();
              assertThat(alert.getFeatures().getFirst().getContribution()).isPositive();
            });
    assertThat(alerts)
        .extracting(record -> record.value().getId().toString())
        .doesNotHaveDuplicates();
  }

  @Test
  void noEventEndsAsADeadLetter() {
    assertThat(run.deadLetters()).isZero();
  }
}
