package io.weir.local;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// An Apicurio Registry in a JVM of its own, on a free port of 127.0.0.1, storing in memory.
final class ApicurioProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final String url;

  private ApicurioProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /// Starts it and returns once it answers.
  ///
  /// @param home where the release archive was unpacked
  /// @param log takes what it prints
  static ApicurioProcess start(Path home, Path log) throws IOException {
    int port = LoopbackPorts.choose(0, 0).broker();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dquarkus.http.host=" + LoopbackPorts.HOST,
                "-Dquarkus.http.port=" + port,
                "-jar",
                "quarkus-run.jar")
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var apicurio =
        new ApicurioProcess(
            process, "http://" + LoopbackPorts.HOST + ":" + port + "/apis/ccompat/v7");
    try {
      apicurio.awaitAnswer(log);
    } catch (IOException | RuntimeException e) {
      apicurio.close();
      throw e;
    }
    // Its own default is to check nothing.
    new RegistryHttp(apicurio.url).put("/config", Map.of("compatibility", "BACKWARD"));
    return apicurio;
  }

  /// Address of its Confluent-compatible API.
  String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitAnswer(Path log) throws IOException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!answers()) {
      if (!process.isAlive()) {
        throw new IOException(
            "Apicurio ended with exit code %d; see %s".formatted(process.exitValue(), log));
      }
      if (Instant.now().isAfter(deadline)) {
        throw new IOException("Apicurio did not answer within %s; see %s".formatted(PATIENCE, log));
      }
      pause();
    }
  }

  private boolean answers() {
    try {
      return new RegistryHttp(url).get("/subjects").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
