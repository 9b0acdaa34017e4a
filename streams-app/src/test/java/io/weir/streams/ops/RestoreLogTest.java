package io.weir.streams.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoreLogTest {
  private static final TopicPartition ZERO = new TopicPartition("app-windows-changelog", 0);
  private static final TopicPartition ONE = new TopicPartition("app-windows-changelog", 1);

  @Test
  void theLineSumsUpWhatIsBeingRestored() {
    RestoreLog log = new RestoreLog();
    log.onRestoreStart(ZERO, "windows", 0, 5_000);
    log.onRestoreStart(ONE, "windows", 1_000, 3_000);
    log.onBatchRestored(ZERO, "windows", 1_200, 1_200);
    log.onBatchRestored(ONE, "windows", 1_300, 300);
    log.onBatchRestored(ZERO, "windows", 1_400, 200);
    assertThat(log.line())
        .startsWith("Restoring 2 changelog partitions: 1,700 of up to 7,000 records (");
    log.onRestoreEnd(ONE, "windows", 2_000);
    assertThat(log.line())
        .startsWith("Restoring 1 changelog partitions: 1,400 of up to 5,000 records (");
    log.onRestoreSuspended(ZERO, "windows", 1_400);
    assertThat(log.line()).startsWith("Restoring 0 changelog partitions: 0 of up to 0 records");
  }

  @Test
  void aStandbysUpdatesAreNoRestore() {
    RestoreLog log = new RestoreLog();
    log.onBatchRestored(ZERO, "windows", 1_200, 1_200);
    assertThat(log.line()).startsWith("Restoring 0 ");
  }
}
