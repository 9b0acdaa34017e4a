package io.weir.streams.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/// The files that are written into a report: style, script, and Apache ECharts from its WebJar.
final class Assets {
  private static final String JAR = "/META-INF/maven/org.webjars.npm/echarts/pom.properties";
  private static final String LIBRARY = "/META-INF/resources/webjars/echarts/%s/dist/%s";

  /// In this order: the last one draws.
  private static final List<String> SCRIPT =
      List.of("common.js", "model.js", "sweep.js", "comparison.js", "report.js");

  private Assets() {}

  static String style() {
    return read("report.css");
  }

  /// The parts of the script, which see each other and nothing else sees.
  static String script() {
    return SCRIPT.stream()
        .map(Assets::read)
        .collect(Collectors.joining("\n", "\"use strict\";\n(() => {\n", "})();\n"));
  }

  /// ECharts, with the licence that its first lines name.
  static String library() {
    Properties properties = new Properties();
    try (InputStream in = open(JAR)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read(LIBRARY.formatted(properties.getProperty("version"), "echarts.common.min.js"));
  }

  private static String read(String name) {
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = Assets.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("The class path lacks " + name);
    }
    return in;
  }
}
