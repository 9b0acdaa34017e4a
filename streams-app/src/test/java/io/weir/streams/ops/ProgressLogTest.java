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
  void theFirstOfAKindIsNoticed() {
    Progress progress = new Progress();
    assertThat(progress.badRecord("EMPTY")).isTrue();
    assertThat(progress.badRecord("EMPTY")).isFalse();
    assertThat(progress.badRecord("TRUNCATED")).isTrue();
  }
}
