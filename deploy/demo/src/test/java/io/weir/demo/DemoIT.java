package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The demo as a user starts it: a process of its own.
@Timeout(180)
class DemoIT {
  @TempDir private Path directory;

  @Test
  void onceFindsFraudAndEndsWithExitCode0() throws Exception {
    Process demo =
        start(
            "--once",
            "--events",
            "3000",
            "--rate",
            "0",
            "--burst",
            "0",
            "--history",
            "8000",
            "--epochs",
            "4");

    List<String> lines = demo.inputReader().lines().toList();

    assertThat(demo.waitFor()).as(String.join("\n", lines)).isZero();
    assertThat(lines).anyMatch(line -> line.contains("1 in "));
    assertThat(lines).as("no log on the terminal").noneMatch(line -> line.matches("\\d{4}-.*"));
    assertThat(lines).anyMatch(line -> line.matches(" +precision +\\d+ % .*"));
    assertThat(lines).anyMatch(line -> line.matches(" +recall +\\d+ % .*"));
    assertThat(lines).anyMatch(line -> line.matches(" +events +3,000"));
  }

  @Test
  void sigtermEndsTheStreamWithASummaryAndLeavesNothingRunning() throws Exception {
    Process demo = start("--history", "8000", "--epochs", "2");
    List<String> lines = new ArrayList<>();
    BufferedReader reader = demo.inputReader();
    readUntil("streaming", reader, lines);
    List<ProcessHandle> children = demo.descendants().toList();
    assertThat(children).hasSize(1);

    // Process.destroy() would also close the pipe that the summary comes through.
    demo.toHandle().destroy();
    readUntil("Summary", reader, lines);

    assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(children).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void theStreamProcessorEndsWithADemoThatIsKilled() throws Exception {
    Process demo = start("--history", "8000", "--epochs", "2");
    readUntil("streaming", demo.inputReader(), new ArrayList<>());
    ProcessHandle child = demo.descendants().toList().getFirst();

    demo.destroyForcibly().waitFor();

    child.onExit().get(60, TimeUnit.SECONDS);
  }

  @Test
  void aDirectoryWithFilesIsRefused() throws Exception {
    Files.createFile(directory.resolve("mine"));
    Process demo = start("--once");

    List<String> lines = demo.inputReader().lines().toList();

    assertThat(demo.waitFor()).isEqualTo(1);
    assertThat(lines).last().asString().contains("is not empty");
  }

  @Test
  void aFileThatDoesNotExistIsSaidInOneLineWithExitCode1() throws Exception {
    Process demo = start("--data", "no-such-file.csv");

    List<String> lines = demo.inputReader().lines().toList();

    assertThat(demo.waitFor()).isEqualTo(1);
    assertThat(lines)
        .filteredOn(line -> !line.contains("incubator"))
        .containsExactly("weir: there is no file no-such-file.csv");
  }

  @Test
  void anUnknownOptionIsWrongUsage() throws Exception {
    Process demo = start("--evnets", "5");
    demo.inputReader().lines().forEach(_ -> {});

    assertThat(demo.waitFor()).isEqualTo(2);
  }

  private static void readUntil(String wanted, BufferedReader reader, List<String> lines)
      throws IOException {
    String line = reader.readLine();
    while (line != null && !line.contains(wanted)) {
      lines.add(line);
      line = reader.readLine();
    }
    assertThat(line).as("after %s", String.join("\n", lines)).isNotNull();
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules",
                "jdk.incubator.vector",
                "-Xmx1g",
                "io.weir.demo.Main",
                "--directory",
                directory.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.start();
  }
}
