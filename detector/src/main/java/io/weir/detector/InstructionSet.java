package io.weir.detector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The vector instructions that ONNX Runtime finds on this machine, as far as the operating system
/// tells: between instruction sets the last bits of a score differ.
final class InstructionSet {
  private static final List<String> WIDEST_FIRST =
      List.of("avx512f", "avx2", "avx", "sve", "asimd");

  private InstructionSet() {}

  /// Such as `amd64 avx512f`; the architecture alone where nothing more is known.
  static String current() {
    String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return architecture + " " + widest(lines);
    } catch (IOException e) {
      return architecture;
    }
  }

  private static String widest(Stream<String> lines) {
    Set<String> flags =
        lines
            .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
            .limit(1)
            .flatMap(line -> Arrays.stream(line.split("\\s+")))
            .collect(Collectors.toSet());
    return WIDEST_FIRST.stream().filter(flags::contains).findFirst().orElse("baseline");
  }
}
