package io.weir.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// ONNX Runtime 1.29 matched a regular expression against the command line of its process, with a
/// recursion per character: a class path of 5,000 ended the process with SIGSEGV and not a word.
class LongCommandLineTest {
  @Test
  void theRuntimeStartsInAProcessWithALongClassPath() throws IOException, InterruptedException {
    String padding = File.pathSeparator + "x".repeat(100_000);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path") + padding,
                Start.class.getName())
            .redirectErrorStream(true)
            .start();

    String said = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("onnxruntime 1.");
  }

  /// Runs in the process.
  static final class Start {
    private Start() {}

    public static void main(String[] args) {
      System.out.println(Detector.runtime());
    }
  }
}
