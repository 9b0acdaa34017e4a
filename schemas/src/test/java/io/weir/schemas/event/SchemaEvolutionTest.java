package io.weir.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every new version of an event schema keeps.
class SchemaEvolutionTest {
  private static final Path AVRO = Path.of(System.getProperty("basedir", "."), "src/main/avro");

  @ParameterizedTest
  @ValueSource(strings = {"alert", "score"})
  void currentAndReleasedVersionsReadEachOther(String name) throws IOException {
    List<Schema> versions = released(name);
    assertThat(versions).as("released/%s-*.avsc", name).isNotEmpty();
    versions.add(current(name));

    assertThat(FullTransitive.violations(versions)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"alert", "score"})
  void everyFieldHasADefaultAndADoc(String name) throws IOException {
    assertThat(FullTransitive.undocumented(current(name))).isEmpty();
  }

  @Test
  void theGeneratedClassesAreOfTheCurrentSchemas() throws IOException {
    // Equality of schemas leaves out properties such as avro.java.string.
    assertThat(Alert.getClassSchema().getFields()).hasSameSizeAs(current("alert").getFields());
    assertThat(FullTransitive.violations(List.of(Alert.getClassSchema(), current("alert"))))
        .isEmpty();
    assertThat(FullTransitive.violations(List.of(Score.getClassSchema(), current("score"))))
        .isEmpty();
  }

  @Test
  void anIncompatibleChangeIsFound() {
    Schema first = record("{'name':'id','type':'string','default':'','doc':'d'}");
    Schema retyped = record("{'name':'id','type':'long','default':0,'doc':'d'}");
    Schema addedWithoutDefault =
        record(
            "{'name':'id','type':'string','default':'','doc':'d'}, {'name':'more','type':'int'}");
    Schema widened = record("{'name':'id','type':['null','string'],'default':null,'doc':'d'}");

    assertThat(FullTransitive.violations(List.of(first, retyped)))
        .anyMatch(line -> line.contains("/fields/0/type"));
    assertThat(FullTransitive.violations(List.of(first, addedWithoutDefault)))
        .anyMatch(line -> line.contains("more"));
    assertThat(FullTransitive.violations(List.of(first, widened))).isNotEmpty();
    assertThat(FullTransitive.undocumented(addedWithoutDefault))
        .containsExactly("Made has no doc", "Made.more has no default", "Made.more has no doc");
  }

  @Test
  void aCompatibleChangeIsAllowed() {
    Schema first = record("{'name':'id','type':'string','default':'','doc':'d'}");
    Schema second =
        record(
            "{'name':'id','type':'string','default':'','doc':'d'},"
                + "{'name':'more','type':'int','default':0,'doc':'d'}");

    assertThat(FullTransitive.violations(List.of(first, second))).isEmpty();
  }

  private static Schema record(String fields) {
    String json = "{'type':'record','name':'Made','fields':[" + fields + "]}";
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  private static Schema current(String name) throws IOException {
    return parse(AVRO.resolve(name + ".avsc"));
  }

  private static List<Schema> released(String name) throws IOException {
    List<Schema> schemas = new ArrayList<>();
    try (Stream<Path> files = Files.list(AVRO.resolve("released"))) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().matches(name + "-\\d+\\.avsc")) {
          schemas.add(parse(file));
        }
      }
    }
    return schemas;
  }

  private static Schema parse(Path file) throws IOException {
    return new Schema.Parser().parse(Files.readString(file));
  }
}
