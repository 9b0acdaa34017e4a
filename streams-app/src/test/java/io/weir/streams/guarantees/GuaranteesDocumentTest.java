package io.weir.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/// Every line of the document has its test, and every test its line.
class GuaranteesDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "guarantees.md");
  private static final Path SOURCES =
      Path.of("src", "test", "java", "io", "weir", "streams", "guarantees");
  private static final Pattern NAMED = Pattern.compile("\\b(\\w+IT)#(\\w+)");

  @Test
  void theDocumentNamesEveryTestOfThisPackageAndNoOther() throws Exception {
    Set<String> named =
        NAMED
            .matcher(Files.readString(DOCUMENT))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> tests = tests();
    assertThat(tests).as("a test of something").hasSizeGreaterThan(10);
    assertThat(named).isEqualTo(tests);
  }

  private static Set<String> tests() throws IOException, ClassNotFoundException {
    Set<String> tests = new TreeSet<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        if (name.endsWith("IT")) {
          Class<?> type = Class.forName(GuaranteesDocumentTest.class.getPackageName() + "." + name);
          for (Method method : type.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)
                || method.isAnnotationPresent(ParameterizedTest.class)) {
              tests.add(name + "#" + method.getName());
            }
          }
        }
      }
    }
    return tests;
  }
}
