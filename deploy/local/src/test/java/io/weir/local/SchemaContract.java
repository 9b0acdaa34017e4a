package io.weir.local;

import static io.weir.local.Payments.AMOUNT;
import static io.weir.local.Payments.AMOUNT_AND_DEFAULTED_COUNTRY;
import static io.weir.local.RegistryHttp.segment;
import static io.weir.local.RegistrySubject.assertRefused;
import static io.weir.local.RegistrySubject.schemaIn;
import static io.weir.local.RegistrySubject.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.local.RegistryHttp.Answer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;

/// How schemas are registered and found again.
interface SchemaContract extends RegistryUnderTest {

  @Test
  default void aSchemaIsFoundUnderTheIdItWasGiven() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    int id = payments.register(AMOUNT);

    Answer answer = registry.get("/schemas/ids/" + id);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).startsWith(RegistryHttp.CONTENT_TYPE);
    assertThat(schemaIn(answer.body())).isEqualTo(AMOUNT);
    assertThat(
            new Schema.Parser()
                .parse(registry.get("/schemas/ids/" + id + "/schema").body().toString()))
        .isEqualTo(AMOUNT);
  }

  @Test
  default void registeringASchemaAgainGivesTheSameIdAndNoNewVersion() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    int id = payments.register(AMOUNT);

    assertThat(payments.register(AMOUNT)).isEqualTo(id);
    assertThat(payments.versions()).containsExactly(1);
  }

  @Test
  default void twoWaysToWriteOneSchemaAreOneSchema() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    int id = payments.register(AMOUNT);

    Answer again =
        registry.postSchema(
            payments.path("/versions"), SchemaFormatter.format("json/pretty", AMOUNT));
    assertThat(again.body().path("id").asInt()).isEqualTo(id);
    assertThat(payments.versions()).containsExactly(1);
  }

  @Test
  default void aSchemaHasOneIdUnderAllSubjectsThatUseIt() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    int id = payments.register(AMOUNT);
    String other = "other-" + payments.name();
    Answer answer = registry.postSchema("/subjects/" + other + "/versions", AMOUNT);

    assertThat(answer.body().path("id").asInt()).isEqualTo(id);
    assertThat(texts(registry.get("/schemas/ids/" + id + "/subjects").body()))
        .contains(payments.name(), other);
    assertThat(registry.get("/schemas/ids/" + id + "/versions").body())
        .anySatisfy(
            use -> {
              assertThat(use.path("subject").asText()).isEqualTo(payments.name());
              assertThat(use.path("version").asInt()).isEqualTo(1);
            });
  }

  @Test
  default void versionsCountFromOneAndTheLatestIsTheLast() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    payments.register(AMOUNT);
    int id = payments.register(AMOUNT_AND_DEFAULTED_COUNTRY);

    assertThat(payments.versions()).containsExactly(1, 2);
    assertThat(schemaIn(registry.get(payments.path("/versions/1")).body())).isEqualTo(AMOUNT);
    for (String name : List.of("2", "latest", "-1")) {
      JsonNode version = registry.get(payments.path("/versions/" + name)).body();
      assertThat(version.path("subject").asText()).isEqualTo(payments.name());
      assertThat(version.path("version").asInt()).isEqualTo(2);
      assertThat(version.path("id").asInt()).isEqualTo(id);
      assertThat(schemaIn(version)).isEqualTo(AMOUNT_AND_DEFAULTED_COUNTRY);
    }
    assertThat(
            new Schema.Parser()
                .parse(registry.get(payments.path("/versions/latest/schema")).body().toString()))
        .isEqualTo(AMOUNT_AND_DEFAULTED_COUNTRY);
  }

  @Test
  default void aSubjectIsListedOnceItHasAVersion() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    assertThat(texts(registry.get("/subjects").body())).doesNotContain(payments.name());
    payments.register(AMOUNT);
    assertThat(texts(registry.get("/subjects").body())).containsOnlyOnce(payments.name());
  }

  @Test
  default void aSubjectMayHoldASlashASpaceAndAPlus() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    String odd = "a/b c+" + payments.name();
    Answer answer = registry.postSchema("/subjects/" + segment(odd) + "/versions", AMOUNT);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(texts(registry.get("/subjects").body())).contains(odd);
    assertThat(
            registry
                .get("/subjects/" + segment(odd) + "/versions/1")
                .body()
                .path("subject")
                .asText())
        .isEqualTo(odd);
  }

  @Test
  default void lookingUpASchemaTellsItsVersionWithoutRegisteringIt() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    int id = payments.register(AMOUNT);

    Answer known = registry.postSchema(payments.path(""), AMOUNT);
    assertThat(known.status()).isEqualTo(200);
    assertThat(known.body().path("version").asInt()).isEqualTo(1);
    assertThat(known.body().path("id").asInt()).isEqualTo(id);
    assertRefused(registry.postSchema(payments.path(""), AMOUNT_AND_DEFAULTED_COUNTRY), 404, 40403);
    assertThat(payments.versions()).containsExactly(1);
    assertRefused(registry.postSchema("/subjects/nobody-" + payments.name(), AMOUNT), 404, 40401);
  }

  @Test
  default void whatIsUnknownOrInvalidIsRefusedWithItsCode() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    payments.register(AMOUNT);

    assertRefused(registry.get("/subjects/nobody-" + payments.name() + "/versions"), 404, 40401);
    assertRefused(
        registry.get("/subjects/nobody-" + payments.name() + "/versions/latest"), 404, 40401);
    assertRefused(registry.get(payments.path("/versions/7")), 404, 40402);
    assertRefused(registry.get("/schemas/ids/2000000000"), 404, 40403);
    boolean lax = deviates(Deviation.TAKES_AN_INVALID_VERSION_FOR_AN_UNKNOWN_ONE);
    for (String invalid : List.of("0", "newest")) {
      assertRefused(
          registry.get(payments.path("/versions/" + invalid)),
          lax ? 404 : 422,
          lax ? 40402 : 42202);
    }
    assertRefused(
        registry.postSchema(payments.path("/versions"), "{\"type\": \"no such type\"}"),
        422,
        42201);
  }

  @Test
  default void theModeIsReadAndWrite() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    assertThat(registry.get("/mode").body().path("mode").asText()).isEqualTo("READWRITE");
  }
}
