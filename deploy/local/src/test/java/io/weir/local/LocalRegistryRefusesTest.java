package io.weir.local;

import static io.weir.local.RegistrySubject.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.local.RegistryHttp.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the small registry cannot do, it says; and it stays with itself on the loopback address.
class LocalRegistryRefusesTest {

  private static final String VERSIONS = "/subjects/payments-value/versions";

  private LocalRegistry registry;
  private RegistryHttp http;

  @BeforeEach
  void start() throws Exception {
    registry = LocalRegistry.start(0);
    http = new RegistryHttp(registry.url());
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void otherSchemaTypes() {
    Answer answer =
        http.post(VERSIONS, Map.of("schemaType", "PROTOBUF", "schema", "syntax = \"proto3\";"));

    assertRefused(answer, 422, 42201);
    assertThat(answer.body().path("message").asText()).contains("PROTOBUF", "AVRO");
  }

  @Test
  void referencesMetadataAndRuleSets() {
    var parts =
        Map.of(
            "references", List.of(Map.of("name", "Country", "subject", "country", "version", 1)),
            "metadata", Map.of("properties", Map.of("owner", "me")),
            "ruleSet", Map.of("domainRules", List.of()));
    parts.forEach(
        (part, value) -> {
          Answer answer = http.post(VERSIONS, Map.of("schema", "\"string\"", part, value));
          assertRefused(answer, 422, 42201);
          assertThat(answer.body().path("message").asText()).contains(part);
        });
    assertThat(
            http.post(VERSIONS, Map.of("schema", "\"string\"", "references", List.of())).status())
        .isEqualTo(200);
  }

  @Test
  void idsChosenByTheClientAndModesForThem() {
    assertRefused(http.post(VERSIONS, Map.of("schema", "\"string\"", "id", 7)), 422, 42205);
    assertRefused(http.put("/mode", Map.of("mode", "IMPORT")), 422, 42205);
  }

  @Test
  void aBodyThatIsNoJsonHoldsNoSchemaOrNeverEnds() {
    assertRefused(http.send("POST", VERSIONS, "{\"schema\": "), 400, 400);
    assertRefused(http.send("POST", VERSIONS, null), 422, 42201);
    assertRefused(http.send("POST", VERSIONS, "[1, 2]"), 422, 42201);
    assertRefused(http.postSchema(VERSIONS, "x".repeat(LocalRegistry.LONGEST_BODY)), 413, 413);
  }

  @Test
  void addressesAndMethodsThatTheApiDoesNotHave() {
    assertRefused(http.get("/topics"), 404, 404);
    assertRefused(http.get("/schemas/ids/one"), 404, 404);
    assertRefused(http.put(VERSIONS, Map.of()), 405, 405);
  }

  @Test
  void aPortThatIsTaken() {
    int port = URI.create(registry.url()).getPort();

    assertThatThrownBy(() -> LocalRegistry.start(port))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Port " + port + " of 127.0.0.1 cannot be used")
        .hasMessageEndingWith("Stop what listens there or choose another; 0 takes any free one.");
  }

  @Test
  void requestsThatDoNotComeFromTheLoopbackAddress() throws Exception {
    int port = URI.create(registry.url()).getPort();

    // Every other address of this machine still has the port to give.
    try (var elsewhere = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.2"))) {
      assertThat(elsewhere.isBound()).isTrue();
    }
  }

  @Test
  void anythingOnceItIsClosed() {
    registry.close();
    registry.close();

    assertThatThrownBy(() -> http.get("/subjects")).hasRootCauseInstanceOf(IOException.class);
  }
}
