package io.weir.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which Weir this is: written into model cards and printed by `--version`.
///
/// @param version the Maven version, such as `0.1.0`
/// @param commit the abbreviated Git commit, or `unknown` when built outside a checkout
public record BuildInfo(String version, String commit) {
  private static final BuildInfo CURRENT = read();

  /// The build that is running.
  public static BuildInfo current() {
    return CURRENT;
  }

  @Override
  public String toString() {
    return version + " (" + commit + ")";
  }

  private static BuildInfo read() {
    Properties properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("build.properties is missing from the schemas jar", e);
    }
    String commit = properties.getProperty("commit");
    return new BuildInfo(
        properties.getProperty("version"), commit.startsWith("$") ? "unknown" : commit);
  }
}
