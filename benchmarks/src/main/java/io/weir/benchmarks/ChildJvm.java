package io.weir.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A main class in a JVM of its own, with this JVM's class path: what is measured starts from
/// nothing and does not share its heap with the broker.
public final class ChildJvm {
  private ChildJvm() {}

  /// Starts a main class. The process ends with this one at the latest.
  ///
  /// @param log receives its stderr, appended
  public static Process start(Path log, List<String> jvmFlags, Class<?> main, List<String> args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(jvmFlags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(args);
    Process process =
        new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
    Thread killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    process.onExit().thenRun(() -> forget(killer));
    return process;
  }

  private static void forget(Thread killer) {
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException _) {
      // This JVM is ending and the hook runs anyway.
    }
  }

  /// Runs a main class to its end.
  ///
  /// @param log receives its stderr, appended
  /// @return the lines of its stdout
  /// @throws IOException if it ends with another exit code than 0; the message holds the last lines
  ///   of the log
  public static List<String> run(Path log, List<String> jvmFlags, Class<?> main, List<String> args)
      throws IOException, InterruptedException {
    Process process = start(log, jvmFlags, main, args);
    List<String> lines;
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      lines = out.lines().toList();
    }
    int exit = process.waitFor();
    if (exit != 0) {
      List<String> tail = Files.readAllLines(log);
      throw new IOException(
          "%s ended with exit code %d:%n%s"
              .formatted(
                  main.getName(),
                  exit,
                  String.join(
                      System.lineSeparator(),
                      tail.subList(Math.max(0, tail.size() - 15), tail.size()))));
    }
    return lines;
  }
}
