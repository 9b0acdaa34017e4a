package io.weir.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/// What an engine would only say when somebody starts `deploy/compose`.
class ComposeFileTest {
  private static final Path DIRECTORY = Path.of(System.getProperty("weir.root"), "deploy/compose");

  private final JsonNode compose = read();

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(DIRECTORY.resolve("compose.yaml").toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void imagesArePinnedToTheVersionsThatAreTested() {
    assertThat(image("broker")).isEqualTo("apache/kafka:" + System.getProperty("kafka.version"));
    assertThat(image("registry"))
        .isEqualTo("apicurio/apicurio-registry:" + System.getProperty("apicurio.version"));
    String version = System.getProperty("weir.version").replace("-SNAPSHOT", "");
    assertThat(image("weir")).isEqualTo("weir/weir:" + version);
    assertThat(image("topics")).isEqualTo(image("weir"));
    compose
        .get("services")
        .forEach(
            service ->
                assertThat(service.get("image").asText()).matches(".+:v?[0-9]+(\\.[0-9]+)+"));
  }

  private String image(String service) {
    return compose.get("services").get(service).get("image").asText();
  }

  @Test
  void portsAreBoundToTheLoopbackAddressAndNotTwice() {
    List<String> ports = new ArrayList<>();
    compose
        .get("services")
        .findValues("ports")
        .forEach(list -> list.forEach(p -> ports.add(p.asText())));
    assertThat(ports).hasSizeGreaterThan(5).allMatch(port -> port.startsWith("127.0.0.1:"));
    assertThat(ports).extracting(port -> port.split(":")[1]).doesNotHaveDuplicates();
  }

  @Test
  void whatIsMountedIsThere() {
    List<String> mounts = new ArrayList<>();
    compose
        .get("services")
        .findValues("volumes")
        .forEach(list -> list.forEach(volume -> mounts.add(volume.asText())));
    for (String mount : mounts) {
      String source = mount.split(":")[0];
      if (source.startsWith(".")) {
        // The model is made before the first start.
        assertThat(DIRECTORY.resolve(source))
            .satisfiesAnyOf(
                path -> assertThat(path).exists(),
                path -> assertThat(path.getFileName()).hasToString("model"));
      } else {
        assertThat(compose.get("volumes").has(source)).as(mount).isTrue();
      }
    }
  }

  @Test
  void whatIsWaitedForCanComeTrue() {
    compose
        .get("services")
        .forEach(
            service -> {
              JsonNode needed = service.path("depends_on");
              needed
                  .fieldNames()
                  .forEachRemaining(
                      name -> {
                        JsonNode other = compose.get("services").path(name);
                        assertThat(other.isMissingNode()).as(name).isFalse();
                        if (needed.get(name).get("condition").asText().equals("service_healthy")) {
                          assertThat(other.has("healthcheck")).as(name).isTrue();
                        }
                      });
            });
  }

  @Test
  void theSettingsNameTheServices() throws IOException {
    Properties settings = new Properties();
    try (var file = Files.newBufferedReader(DIRECTORY.resolve("weir.properties"))) {
      settings.load(file);
    }
    String listeners =
        compose
            .get("services")
            .get("broker")
            .get("environment")
            .get("KAFKA_ADVERTISED_LISTENERS")
            .asText();
    assertThat(listeners).contains("INSIDE://" + settings.getProperty("bootstrap.servers"));
    assertThat(settings.getProperty("weir.schema.registry.url"))
        .startsWith("http://registry:8080/");
    assertThat(settings.getProperty("weir.model.file")).isEqualTo("/models/model.onnx");
  }
}
