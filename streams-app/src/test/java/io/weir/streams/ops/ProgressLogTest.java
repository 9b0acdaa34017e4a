package io.weir.streams.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLogTest {
  @Test
  void aLineTellsTotalsAndTheRateSinceTheLastOne() {
    Progress progress = new Progress();
    for (int i = 0; i < 3_000; i++) {
      progress.event();
    }
    Progress.Counts before = progress.counts();
    for (int i = 0; i < 5_000; i++) {
      progress.event();
    }
    progress.alert();
    progress.badRecord("TRUNCATED");
    progress.badRecord("EMPTY");
    progress.badRecord("TRUNCATED");
    assertThat(ProgressLog.text(before, progress.counts(), Duration.ofSeconds(2)))
        .isEqualTo("8,000 events (2,500/s), 1 alerts, 3 bad records, EMPTY 1, TRUNCATED 2");
  }

  @Test
  void whatWindowsCountIsToldWhereThereAreWindows() {
    Progress progress = new Progress();
    Progress.Counts before = progress.counts();
    progress.event();
    progress.warmingUp();
    progress.lateEvent();
    progress.expired(1_000);
    assertThat(ProgressLog.text(before, progress.counts(), Duration.ofSeconds(1)))
        .isEqualTo(
            "1 events (1/s), 0 alerts, 0 bad records, 1 events warming up, 1 late events,"
                + " 1,000 idle keys forgotten");
  }

  @Test
  void theFirstOfAKindIsNoticed() {
    Progress progress = new Progress();
    assertThat(progress.badRecord("EMPTY")).isTrue();
    assertThat(progress.badRecord("EMPTY")).isFalse();
    assertThat(progress.badRecord("TRUNCATED")).isTrue();
  }
}
