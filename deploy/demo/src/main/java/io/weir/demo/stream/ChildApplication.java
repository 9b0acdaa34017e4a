package io.weir.demo.stream;

import io.weir.streams.Main;
import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The real stream processor, `weir run`, in a JVM of its own.
public final class ChildApplication implements AutoCloseable {
  private static final int LAST_LINES = 15;

  private final Process process;
  private final Path log;

  private ChildApplication(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Starts it with this JVM's Java and class path.
  ///
  /// @param properties its settings
  /// @param log what it writes to stdout and stderr
  public static ChildApplication start(Path properties, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseG1GC",
            "-Xmx512m",
            GuardedMain.class.getName(),
            "run",
            "--config",
            properties.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    // Settings of another deployment in the environment would win over the file.
    builder.environment().keySet().removeIf(name -> name.startsWith("WEIR_"));
    // By the environment, as the launcher does: some native code cannot stand a long command line.
    builder.environment().put("CLASSPATH", classPath());
    Process process = builder.start();
    return new ChildApplication(process, log);
  }

  /// The application's own classes and resources come first: its logging, not the demo's.
  private static String classPath() throws IOException {
    URL main = Main.class.getResource("Main.class");
    try {
      Path own =
          main.openConnection() instanceof JarURLConnection jar
              ? Path.of(jar.getJarFileURL().toURI())
              : Path.of(main.toURI()).resolve("../../../..").normalize();
      return own + File.pathSeparator + System.getProperty("java.class.path");
    } catch (URISyntaxException e) {
      throw new IOException("The class path cannot be read: " + main, e);
    }
  }

  /// Where it logs.
  public Path log() {
    return log;
  }

  /// Whether it has not ended.
  public boolean alive() {
    return process.isAlive();
  }

  /// Fails if it has ended.
  ///
  /// @throws IOException with its exit code and the last lines of its log
  public void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw new IOException(
          "The stream processor ended with exit code %d. The end of its log, %s:%n%s"
              .formatted(process.exitValue(), log, lastLines()));
    }
  }

  /// Ends it with SIGTERM, so that it commits and leaves its group; by force after 20 s. Returns
  /// once it has ended.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /// Ends it at once, for exits that cannot wait.
  public void kill() {
    process.destroyForcibly();
  }

  /// From the first error on, if it logged one; a few lines at most.
  private String lastLines() throws IOException {
    List<String> lines = Files.readAllLines(log);
    int from = 0;
    while (from < lines.size() && !lines.get(from).contains(" ERROR ")) {
      from++;
    }
    if (from == lines.size()) {
      from = Math.max(0, lines.size() - LAST_LINES);
    }
    List<String> last = lines.subList(from, Math.min(lines.size(), from + LAST_LINES));
    return String.join("\n", last).indent(4).stripTrailing();
  }
}
