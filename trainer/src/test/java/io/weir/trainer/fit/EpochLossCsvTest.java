package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochLossCsvTest {
  @Test
  void writesOneLineAnEpochAndLeavesMissingValuesEmpty(@TempDir Path directory) throws IOException {
    double nan = Double.NaN;
    Path file = directory.resolve("history.csv");
    EpochLossCsv.write(
        List.of(
            new EpochLoss(1, 0.5, 0.25, 1e-7, 0.75, 0.5, 2, 0.125),
            new EpochLoss(2, 0.1, 0.1, 0, nan, nan, nan, 1)),
        file);
    assertThat(file)
        .hasContent(
            """
            epoch,loss,reconstruction_loss,kl_divergence,validation_loss,validation_reconstruction_loss,validation_kl_divergence,seconds
            1,0.5,0.25,1.0E-7,0.75,0.5,2.0,0.125
            2,0.1,0.1,0.0,,,,1.0
            """);
  }
}
