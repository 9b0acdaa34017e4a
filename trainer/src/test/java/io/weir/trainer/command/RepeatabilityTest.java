package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same rows, settings, seed and time of publication give the same file, byte for byte.
class RepeatabilityTest {
  @TempDir Path directory;
  private Path payments;

  @BeforeEach
  void writePayments() {
    payments = Payments.write(directory.resolve("payments.csv"));
  }

  @Test
  void theSameSeedGivesTheSameFileAtAnyNumberOfThreads() throws IOException {
    byte[] one = train("one", 5, 1);
    assertThat(train("two", 5, 1)).isEqualTo(one);
    assertThat(train("three", 5, 3)).isEqualTo(one);
  }

  @Test
  void rowsInATemporaryFileGiveTheSameFileEveryTime() throws IOException {
    byte[] one = train("one", 5, 1, "--memory", 0, "--temp", directory);
    assertThat(train("two", 5, 3, "--memory", 0, "--temp", directory)).isEqualTo(one);
  }

  @Test
  void anotherSeedGivesAnotherFile() throws IOException {
    assertThat(train("one", 5, 1)).isNotEqualTo(train("two", 6, 1));
  }

  private byte[] train(String to, int seed, int threads, Object... further) throws IOException {
    Path model = directory.resolve(to).resolve("payments.onnx");
    Files.createDirectories(model.getParent());
    List<Object> args =
        List.of(
            "train",
            "--data",
            payments,
            "--exclude",
            "id",
            "--label",
            "fraud",
            "--layers",
            "12,6",
            "--latent",
            "2",
            "--epochs",
            "4",
            "--seed",
            seed,
            "--threads",
            threads,
            "--created",
            "2026-01-01T00:00:00Z",
            "--out",
            model);
    Cli run = Cli.weir(Stream.concat(args.stream(), Stream.of(further)).toArray());
    assertThat(run.exit()).describedAs(run.err()).isZero();
    return Files.readAllBytes(model);
  }
}
