package io.weir.local;

import static io.weir.local.Payments.AMOUNT;
import static io.weir.local.Payments.AMOUNT_AND_DEFAULTED_COUNTRY;
import static io.weir.local.Payments.AMOUNT_AND_REQUIRED_COUNTRY;
import static io.weir.local.Payments.AMOUNT_AS_TEXT;
import static io.weir.local.RegistrySubject.assertRefused;
import static io.weir.local.RegistrySubject.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.RegistryHttp.Answer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which changes a subject allows from one version to the next.
interface CompatibilityContract extends RegistryUnderTest {

  @Test
  default void aSchemaThatCannotReadEarlierDataIsAConflictAndNoVersion() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    payments.register(AMOUNT);

    Answer answer = registry.postSchema(payments.path("/versions"), AMOUNT_AS_TEXT);
    assertRefused(answer, 409, 409);
    assertThat(payments.versions()).containsExactly(1);
  }

  @Test
  default void compatibilityCanBeAskedForWithoutRegistering() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    payments.register(AMOUNT);

    String latest = "/compatibility" + payments.path("/versions/latest");
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
    assertThat(texts(refusal.body().path("messages")).isEmpty())
        .isEqualTo(deviates(Deviation.GIVES_NO_REASON_WHEN_INCOMPATIBLE));
    assertThat(payments.versions()).containsExactly(1);
    assertRefused(
        registry.postSchema("/compatibility" + payments.path("/versions/7"), AMOUNT), 404, 40402);
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
  default void aLevelDecidesWhichChangesAVersionMayMake(
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
  default void aTransitiveLevelLooksAtAllEarlierVersionsForReading(String level, boolean allowed) {
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
  default void aTransitiveLevelLooksAtAllEarlierVersionsForBeingRead(
      String level, boolean allowed) {
    assertThat(allows(level, AMOUNT_AND_REQUIRED_COUNTRY, AMOUNT_AND_DEFAULTED_COUNTRY, AMOUNT))
        .isEqualTo(allowed);
  }

  @Test
  default void aSubjectHasTheGlobalLevelUntilItHasItsOwn() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    String config = "/config/" + payments.name();
    payments.register(AMOUNT);

    assertThat(level(registry.get("/config"))).isEqualTo("BACKWARD");
    assertThat(level(registry.get(config + "?defaultToGlobal=true"))).isEqualTo("BACKWARD");
    if (deviates(Deviation.SHOWS_NONE_FOR_A_SUBJECT_WITHOUT_ITS_OWN_LEVEL)) {
      assertThat(level(registry.get(config))).isEqualTo("NONE");
    } else {
      assertRefused(registry.get(config), 404, 40408);
    }
    Answer set = registry.put(config, Map.of("compatibility", "FULL"));
    assertThat(set.body().path("compatibility").asText()).isEqualTo("FULL");
    assertThat(level(registry.get(config))).isEqualTo("FULL");
  }

  @Test
  default void aSubjectHasTheGlobalLevelAgainWhenItsOwnIsDeleted() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    String config = "/config/" + payments.name();
    payments.register(AMOUNT);
    registry.put(config, Map.of("compatibility", "NONE"));

    assertThat(registry.delete(config).status()).isEqualTo(200);
    Answer answer = registry.postSchema(payments.path("/versions"), AMOUNT_AS_TEXT);
    assertThat(answer.status())
        .isEqualTo(deviates(Deviation.ALLOWS_EVERYTHING_ONCE_A_LEVEL_WAS_DELETED) ? 200 : 409);
  }

  @Test
  default void aLevelThatDoesNotExistIsRefused() {
    var payments = RegistrySubject.fresh(url());
    payments.register(AMOUNT);

    Answer answer =
        payments.registry().put("/config/" + payments.name(), Map.of("compatibility", "SIDEWARD"));
    assertRefused(answer, 422, 42203);
  }

  @Test
  default void theGlobalLevelCanBeChanged() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    payments.register(AMOUNT);
    try {
      registry.put("/config", Map.of("compatibility", "NONE"));

      assertThat(level(registry.get("/config"))).isEqualTo("NONE");
      assertThat(registry.postSchema(payments.path("/versions"), AMOUNT_AS_TEXT).status())
          .isEqualTo(200);
    } finally {
      registry.put("/config", Map.of("compatibility", "BACKWARD"));
    }
  }

  /// Whether a subject of this level, holding all schemas but the last, takes the last.
  private boolean allows(String level, Schema... schemas) {
    var payments = RegistrySubject.fresh(url());
    payments.registry().put("/config/" + payments.name(), Map.of("compatibility", level));
    for (Schema schema : List.of(schemas).subList(0, schemas.length - 1)) {
      payments.register(schema);
    }
    int status =
        payments
            .registry()
            .postSchema(payments.path("/versions"), schemas[schemas.length - 1])
            .status();
    assertThat(status).isIn(200, 409);
    return status == 200;
  }

  private static String level(Answer answer) {
    return answer.body().path("compatibilityLevel").asText();
  }
}
