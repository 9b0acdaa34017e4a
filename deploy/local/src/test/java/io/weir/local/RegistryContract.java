package io.weir.local;

import static io.weir.local.Payments.AMOUNT;
import static io.weir.local.Payments.AMOUNT_AND_DEFAULTED_COUNTRY;
import static io.weir.local.Payments.AMOUNT_AND_REQUIRED_COUNTRY;
import static io.weir.local.Payments.AMOUNT_AS_TEXT;
import static io.weir.local.RegistryHttp.segment;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.local.RegistryHttp.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What every registry must do that Weir may meet. One that deviates says so by overriding a method
/// of [Deviations].
abstract class RegistryContract {

  private RegistryHttp registry;
  private String subject;

  /// Address of the registry, without a slash at the end.
  abstract String url();

  @BeforeEach
  void aFreshSubject() {
    registry = new RegistryHttp(url());
    subject = "payments-" + UUID.randomUUID() + "-value";
  }

  @Test
  void aSchemaIsFoundUnderTheIdItWasGiven() {
    int id = register(AMOUNT);

    Answer answer = registry.get("/schemas/ids/" + id);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).startsWith(RegistryHttp.CONTENT_TYPE);
    assertThat(schemaIn(answer.body())).isEqualTo(AMOUNT);
    assertThat(parsed(registry.get("/schemas/ids/" + id + "/schema").body().toString()))
        .isEqualTo(AMOUNT);
  }

  @Test
  void registeringASchemaAgainGivesTheSameIdAndNoNewVersion() {
    int id = register(AMOUNT);

    assertThat(register(AMOUNT)).isEqualTo(id);
    assertThat(versions()).containsExactly(1);
  }

  @Test
  void twoWaysToWriteOneSchemaAreOneSchema() {
    int id = register(AMOUNT);

    Answer again =
        registry.postSchema(
            subjectPath("/versions"), SchemaFormatter.format("json/pretty", AMOUNT));
    assertThat(again.body().path("id").asInt()).isEqualTo(id);
    assertThat(versions()).containsExactly(1);
  }

  @Test
  void aSchemaHasOneIdUnderAllSubjectsThatUseIt() {
    int id = register(AMOUNT);
    String other = "other-" + subject;
    Answer answer = registry.postSchema("/subjects/" + other + "/versions", AMOUNT);

    assertThat(answer.body().path("id").asInt()).isEqualTo(id);
    assertThat(texts(registry.get("/schemas/ids/" + id + "/subjects"))).contains(subject, other);
    assertThat(registry.get("/schemas/ids/" + id + "/versions").body())
        .anySatisfy(
            use -> {
              assertThat(use.path("subject").asText()).isEqualTo(subject);
              assertThat(use.path("version").asInt()).isEqualTo(1);
            });
  }

  @Test
  void versionsCountFromOneAndTheLatestIsTheLast() {
    register(AMOUNT);
    int id = register(AMOUNT_AND_DEFAULTED_COUNTRY);

    assertThat(versions()).containsExactly(1, 2);
    assertThat(schemaIn(registry.get(subjectPath("/versions/1")).body())).isEqualTo(AMOUNT);
    for (String name : List.of("2", "latest", "-1")) {
      JsonNode version = registry.get(subjectPath("/versions/" + name)).body();
      assertThat(version.path("subject").asText()).isEqualTo(subject);
      assertThat(version.path("version").asInt()).isEqualTo(2);
      assertThat(version.path("id").asInt()).isEqualTo(id);
      assertThat(schemaIn(version)).isEqualTo(AMOUNT_AND_DEFAULTED_COUNTRY);
    }
    assertThat(parsed(registry.get(subjectPath("/versions/latest/schema")).body().toString()))
        .isEqualTo(AMOUNT_AND_DEFAULTED_COUNTRY);
  }

  @Test
  void aSubjectIsListedOnceItHasAVersion() {
    assertThat(texts(registry.get("/subjects"))).doesNotContain(subject);
    register(AMOUNT);
    assertThat(texts(registry.get("/subjects"))).containsOnlyOnce(subject);
  }

  @Test
  void aSubjectMayHoldASlashASpaceAndAPlus() {
    String odd = "a/b c+" + subject;
    Answer answer = registry.postSchema("/subjects/" + segment(odd) + "/versions", AMOUNT);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(texts(registry.get("/subjects"))).contains(odd);
    assertThat(
            registry
                .get("/subjects/" + segment(odd) + "/versions/1")
                .body()
                .path("subject")
                .asText())
        .isEqualTo(odd);
  }

  @Test
  void lookingUpASchemaTellsItsVersionWithoutRegisteringIt() {
    int id = register(AMOUNT);

    Answer known = registry.postSchema(subjectPath(""), AMOUNT);
    assertThat(known.status()).isEqualTo(200);
    assertThat(known.body().path("version").asInt()).isEqualTo(1);
    assertThat(known.body().path("id").asInt()).isEqualTo(id);
    assertRefused(registry.postSchema(subjectPath(""), AMOUNT_AND_DEFAULTED_COUNTRY), 404, 40403);
    assertThat(versions()).containsExactly(1);
    assertRefused(registry.postSchema("/subjects/nobody-" + subject, AMOUNT), 404, 40401);
  }

  @Test
  void whatIsUnknownOrInvalidIsRefusedWithItsCode() {
    register(AMOUNT);

    assertRefused(registry.get("/subjects/nobody-" + subject + "/versions"), 404, 40401);
    assertRefused(registry.get("/subjects/nobody-" + subject + "/versions/latest"), 404, 40401);
    assertRefused(registry.get(subjectPath("/versions/7")), 404, 40402);
    assertRefused(registry.get("/schemas/ids/2000000000"), 404, 40403);
    assertRefused(registry.get(subjectPath("/versions/0")), 422, 42202);
    assertRefused(registry.get(subjectPath("/versions/newest")), 422, 42202);
    assertRefused(
        registry.postSchema(subjectPath("/versions"), "{\"type\": \"no such type\"}"), 422, 42201);
  }

  @Test
  void aSchemaThatCannotReadEarlierDataIsAConflictAndNoVersion() {
    register(AMOUNT);

    Answer answer = registry.postSchema(subjectPath("/versions"), AMOUNT_AS_TEXT);
    assertRefused(answer, 409, 409);
    assertThat(versions()).containsExactly(1);
  }

  @Test
  void compatibilityCanBeAskedForWithoutRegistering() {
    register(AMOUNT);

    String latest = "/compatibility" + subjectPath("/versions/latest");
    assertThat(
            registry
                .postSchema(latest, AMOUNT_AND_DEFAULTED_COUNTRY)
                .body()
                .path("is_compatible")
                .asBoolean())
        .isTrue();
    Answer refusal = registry.postSchema(latest + "?verbose=true", AMOUNT_AS_TEXT);
    assertThat(refusal.status()).isEqualTo(200);
    assertThat(refusal.body().path("is_compatible").asBoolean(true)).isFalse();
    assertThat(texts(refusal.body().path("messages"))).isNotEmpty();
    assertThat(versions()).containsExactly(1);
    assertRefused(
        registry.postSchema("/compatibility" + subjectPath("/versions/7"), AMOUNT), 404, 40402);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,                true, true, true, true,  true",
    "BACKWARD,            true, false, true, true, false",
    "BACKWARD_TRANSITIVE, true, false, true, true, false",
    "FORWARD,             true, true, true, false, false",
    "FORWARD_TRANSITIVE,  true, true, true, false, false",
    "FULL,                true, false, true, false, false",
    "FULL_TRANSITIVE,     true, false, true, false, false"
  })
  void aLevelDecidesWhichChangesAVersionMayMake(
      String level,
      boolean addDefaulted,
      boolean addRequired,
      boolean removeDefaulted,
      boolean removeRequired,
      boolean changeType) {
    assertThat(allows(level, AMOUNT, AMOUNT_AND_DEFAULTED_COUNTRY))
        .as("add a defaulted field")
        .isEqualTo(addDefaulted);
    assertThat(allows(level, AMOUNT, AMOUNT_AND_REQUIRED_COUNTRY))
        .as("add a required field")
        .isEqualTo(addRequired);
    assertThat(allows(level, AMOUNT_AND_DEFAULTED_COUNTRY, AMOUNT))
        .as("remove a defaulted field")
        .isEqualTo(removeDefaulted);
    assertThat(allows(level, AMOUNT_AND_REQUIRED_COUNTRY, AMOUNT))
        .as("remove a required field")
        .isEqualTo(removeRequired);
    assertThat(allows(level, AMOUNT, AMOUNT_AS_TEXT)).as("change a type").isEqualTo(changeType);
  }

  @ParameterizedTest
  @CsvSource({
    "BACKWARD, true",
    "BACKWARD_TRANSITIVE, false",
  })
  void aTransitiveLevelLooksAtAllEarlierVersionsForReading(String level, boolean allowed) {
    assertThat(allows(level, AMOUNT, AMOUNT_AND_DEFAULTED_COUNTRY, AMOUNT_AND_REQUIRED_COUNTRY))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "FORWARD, true",
    "FORWARD_TRANSITIVE, false",
    "FULL, true",
    "FULL_TRANSITIVE, false",
  })
  void aTransitiveLevelLooksAtAllEarlierVersionsForBeingRead(String level, boolean allowed) {
    assertThat(allows(level, AMOUNT_AND_REQUIRED_COUNTRY, AMOUNT_AND_DEFAULTED_COUNTRY, AMOUNT))
        .isEqualTo(allowed);
  }

  @Test
  void aSubjectHasTheGlobalLevelUntilItHasItsOwn() {
    register(AMOUNT);

    assertThat(level("/config")).isEqualTo("BACKWARD");
    assertThat(registry.get("/config/" + subject).code()).isEqualTo(40408);
    assertThat(level("/config/" + subject + "?defaultToGlobal=true")).isEqualTo("BACKWARD");
    Answer set = registry.put("/config/" + subject, Map.of("compatibility", "FULL"));
    assertThat(set.body().path("compatibility").asText()).isEqualTo("FULL");
    assertThat(level("/config/" + subject)).isEqualTo("FULL");
    assertThat(registry.delete("/config/" + subject).status()).isEqualTo(200);
    assertThat(level("/config/" + subject + "?defaultToGlobal=true")).isEqualTo("BACKWARD");
    assertRefused(
        registry.put("/config/" + subject, Map.of("compatibility", "SIDEWARD")), 422, 42203);
  }

  @Test
  void theGlobalLevelCanBeChanged() {
    register(AMOUNT);
    try {
      registry.put("/config", Map.of("compatibility", "NONE"));

      assertThat(level("/config")).isEqualTo("NONE");
      assertThat(registry.postSchema(subjectPath("/versions"), AMOUNT_AS_TEXT).status())
          .isEqualTo(200);
    } finally {
      registry.put("/config", Map.of("compatibility", "BACKWARD"));
    }
  }

  @Test
  void theModeIsReadAndWrite() {
    assertThat(registry.get("/mode").body().path("mode").asText()).isEqualTo("READWRITE");
  }

  private int register(Schema schema) {
    Answer answer = registry.postSchema(subjectPath("/versions"), schema);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer.body().path("id").asInt();
  }

  /// Whether a subject of this level, holding all schemas but the last, takes the last.
  private boolean allows(String level, Schema... schemas) {
    aFreshSubject();
    registry.put("/config/" + subject, Map.of("compatibility", level));
    for (int i = 0; i < schemas.length - 1; i++) {
      register(schemas[i]);
    }
    int status =
        registry.postSchema(subjectPath("/versions"), schemas[schemas.length - 1]).status();
    assertThat(status).isIn(200, 409);
    return status == 200;
  }

  private String level(String path) {
    return registry.get(path).body().path("compatibilityLevel").asText();
  }

  private List<Integer> versions() {
    return StreamSupport.stream(registry.get(subjectPath("/versions")).body().spliterator(), false)
        .map(JsonNode::asInt)
        .toList();
  }

  private String subjectPath(String rest) {
    return "/subjects/" + subject + rest;
  }

  private static void assertRefused(Answer answer, int status, int code) {
    assertThat(answer.status()).as("status of %s", answer.body()).isEqualTo(status);
    assertThat(answer.code()).as("code of %s", answer.body()).isEqualTo(code);
    assertThat(answer.body().path("message").asText()).isNotBlank();
  }

  private static List<String> texts(Answer answer) {
    return texts(answer.body());
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static Schema schemaIn(JsonNode body) {
    return parsed(body.path("schema").asText());
  }

  private static Schema parsed(String schema) {
    return new Schema.Parser().parse(schema);
  }
}
