package io.weir.containers;

import java.io.IOException;
import java.nio.file.Path;

/// The image under test: built out of this tree, once for all tests, by the script that people use.
final class WeirImage {
  static final String NAME = build();

  private WeirImage() {}

  private static String build() {
    String given = System.getenv("WEIR_IMAGE");
    if (given != null) {
      return given;
    }
    String tag = "weir/weir:test";
    Path script = Path.of(System.getProperty("weir.root"), "deploy", "docker", "build.sh");
    ProcessBuilder build = new ProcessBuilder(script.toString(), "--tag=" + tag);
    build.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try {
      Process process = build.redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new AssertionError("The image was not built:\n" + output);
      }
    } catch (IOException e) {
      throw new AssertionError("The image was not built: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return tag;
  }
}
