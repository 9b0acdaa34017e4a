package io.weir.streams.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Keeps ONNX Runtime from ending the process without a word: 1.29 on Linux dies of a segmentation
/// fault when it starts in a process whose command line is longer than 3,963 bytes, as one with a
/// long class path easily is.
public final class CommandLineLength {
  private static final int MAX = 3_900;

  private CommandLineLength() {}

  /// Why this process cannot score, if its command line is too long.
  public static Optional<String> refusal() {
    try {
      int length = Files.readAllBytes(Path.of("/proc/self/cmdline")).length;
      return length <= MAX
          ? Optional.empty()
          : Optional.of(
              "The command line of this process has "
                  + length
                  + " bytes, and ONNX Runtime crashes above "
                  + MAX
                  + ": give the class path by the environment variable CLASSPATH, and settings by"
                  + " --config FILE");
    } catch (IOException e) {
      // Only Linux has the file, and only Linux the crash.
      return Optional.empty();
    }
  }
}
