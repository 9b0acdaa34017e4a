package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole path with files that nobody made for it: server metrics and particle collisions.
class RealDataPathIT {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"smd/machine-2-2_test.csv.gz", "higgs/higgs.csv.gz"})
  void theScoresTopicHoldsTheScoresOfTheScoreCommandBitForBit(String name) throws IOException {
    Path file = data().resolve(name);
    assumeTrue(Files.exists(file), "Skipped: there is no %s; set WEIR_DATA".formatted(file));

    try (PathRun run = PathRun.of(directory, file, "label")) {
      assertThat(run.scoresTopic()).hasSize(run.streamed()).isEqualTo(run.scoreCommand());
      assertThat(run.deadLetters()).isZero();
      assertThat(run.summary().tally().alerts()).isPositive();
    }
  }

  private static Path data() {
    String given = System.getenv("WEIR_DATA");
    // Tests run in the module's directory, two below the root.
    return given == null ? Path.of("../../../shared/data") : Path.of(given);
  }
}
