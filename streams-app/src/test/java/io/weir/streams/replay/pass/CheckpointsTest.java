package io.weir.streams.replay.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir private Path folder;
  private Checkpoints checkpoints;

  @BeforeEach
  void ofAPartition() {
    checkpoints = new Checkpoints(folder, new PartitionRange("payments", 0, 0, 0, 100));
  }

  @Test
  void theOneThatIsAloneIsTold() throws IOException {
    assertThat(checkpoints.only()).isEmpty();
    touch("payments-0.10.checkpoint");
    touch("payments-1.99.checkpoint");
    assertThat(checkpoints.only()).hasValue(10);
    touch("payments-0.20.checkpoint");
    assertThat(checkpoints.only()).as("either may be the committed one").isEmpty();
    assertThat(checkpoints.latest()).hasValue(20);
  }

  @Test
  void thatAlertsWereCommittedIsKnownUntilAllIsDeleted() throws IOException {
    assertThat(checkpoints.hasCommitted()).isFalse();
    checkpoints.markCommitted();
    checkpoints.markCommitted();
    touch("payments-0.10.checkpoint");
    checkpoints.keepOnly(20);
    assertThat(checkpoints.hasCommitted()).isTrue();
    assertThat(checkpoints.latest()).isEmpty();
    checkpoints.delete();
    assertThat(folder).isEmptyDirectory();
  }

  private void touch(String name) throws IOException {
    Files.createFile(folder.resolve(name));
  }
}
