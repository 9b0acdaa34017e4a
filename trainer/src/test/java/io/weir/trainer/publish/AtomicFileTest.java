package io.weir.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private static final int SIZE = 4 << 20;

  @TempDir Path directory;

  @Test
  void writesANewFileAndReplacesAnOldOne() throws Exception {
    Path file = directory.resolve("file");
    AtomicFile.write(file, "one".getBytes(), _ -> {});
    AtomicFile.write(file, "two".getBytes(), _ -> {});
    assertThat(file).hasContent("two");
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void theProofSeesTheNewContentWhileTheOldIsInPlace() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "old");
    AtomicFile.write(
        file,
        "new".getBytes(),
        written -> {
          assertThat(written).hasContent("new");
          assertThat(file).hasContent("old");
        });
  }

  @Test
  void aFailedProofLeavesTheOldFileAndNothingElse() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    "new".getBytes(),
                    _ -> {
                      throw new IOException("refuted");
                    }))
        .hasMessage("refuted");
    assertThat(file).hasContent("old");
    assertThat(directory.toFile().list()).containsExactly("file");
  }

  @Test
  void aDirectoryInTheWayIsNotReplaced() throws Exception {
    Path file = Files.createDirectory(directory.resolve("file"));
    Files.writeString(file.resolve("inside"), "kept");
    assertThatThrownBy(() -> AtomicFile.write(file, "new".getBytes(), _ -> {}))
        .isInstanceOf(IOException.class);
    assertThat(file.resolve("inside")).hasContent("kept");
    assertThat(directory.toFile().list()).containsExactly("file");
  }

  @Test
  void aProcessKilledWhileWritingLeavesAWholeFile() throws Exception {
    Path file = directory.resolve("file");
    AtomicFile.write(file, filled('a'), _ -> {});
    Random random = new Random(7);
    for (int kill = 0; kill < 3; kill++) {
      Process writer =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElse("java"),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Writer.class.getName(),
                  file.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      assertThat(writer.getInputStream().read()).as("the writer has begun").isEqualTo('.');
      Thread.sleep(random.nextInt(150));
      writer.destroyForcibly();
      assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
      byte[] content = Files.readAllBytes(file);
      assertThat(content).hasSize(SIZE);
      assertThat(content).isEqualTo(filled((char) content[0]));
    }
  }

  /// Replaces a file for ever, each time with other content.
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      for (char content = 'b'; ; content = content == 'z' ? 'b' : (char) (content + 1)) {
        AtomicFile.write(Path.of(arguments[0]), filled(content), _ -> {});
        System.out.print('.');
        System.out.flush();
      }
    }
  }

  private static byte[] filled(char content) {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, (byte) content);
    return bytes;
  }
}
