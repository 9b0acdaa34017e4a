package io.weir.streams.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.count.Buckets;
import io.weir.streams.count.Histogram;
import io.weir.streams.decode.BadReason;
import io.weir.streams.judge.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLogTest {
  @Test
  void aLineTellsTotalsAndTheRateSinceTheLastOne() {
    Progress progress = new Progress(Buckets.of(1), List.of());
    Histogram.Writer scores = progress.scores();
    for (int i = 0; i < 3_000; i++) {
      scores.record(0.5);
    }
    Progress.Counts before = progress.counts();
    for (int i = 0; i < 5_000; i++) {
      scores.record(0.5);
    }
    progress.alert(Severity.HIGH);
    progress.badRecord(BadReason.TRUNCATED);
    progress.badRecord(BadReason.EMPTY);
    progress.badRecord(BadReason.TRUNCATED);
    assertThat(ProgressLog.text(before, progress.counts(), Duration.ofSeconds(2)))
        .isEqualTo("8,000 events (2,500/s), 1 alerts, 3 bad records, EMPTY 1, TRUNCATED 2");
  }

  @Test
  void whatWindowsCountIsToldWhereThereAreWindows() {
    Progress progress = new Progress(Buckets.of(1), List.of());
    Progress.Counts before = progress.counts();
    progress.scores().record(0.5);
    progress.warmingUp();
    progress.lateEvent();
    progress.expired(1_000);
    assertThat(ProgressLog.text(before, progress.counts(), Duration.ofSeconds(1)))
        .isEqualTo(
            "1 events (1/s), 0 alerts, 0 bad records, 1 events warming up, 1 late events,"
                + " 1,000 idle keys forgotten");
  }

  @Test
  void whatMakesNoAlertIsToldByReason() {
    Progress progress = new Progress(Buckets.of(1), List.of("night", "small"));
    Progress.Counts before = progress.counts();
    progress.ignored("small");
    progress.coolingDown();
    progress.knownIncident();
    progress.knownIncident();
    assertThat(ProgressLog.text(before, progress.counts(), Duration.ofSeconds(1)))
        .isEqualTo(
            "0 events (0/s), 0 alerts, 0 bad records, 4 suppressed, ignored by small 1,"
                + " cool-down 1, incident 2");
  }

  @Test
  void theFirstOfAKindIsNoticed() {
    Progress progress = new Progress(Buckets.of(1), List.of());
    assertThat(progress.badRecord(BadReason.EMPTY)).isTrue();
    assertThat(progress.badRecord(BadReason.EMPTY)).isFalse();
    assertThat(progress.badRecord(BadReason.TRUNCATED)).isTrue();
  }
}
