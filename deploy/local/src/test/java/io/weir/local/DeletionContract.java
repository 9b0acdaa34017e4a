package io.weir.local;

import static io.weir.local.Payments.AMOUNT;
import static io.weir.local.Payments.AMOUNT_AND_DEFAULTED_COUNTRY;
import static io.weir.local.Payments.AMOUNT_AS_TEXT;
import static io.weir.local.RegistrySubject.assertRefused;
import static io.weir.local.RegistrySubject.numbers;
import static io.weir.local.RegistrySubject.schemaIn;
import static io.weir.local.RegistrySubject.texts;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Deleting twice: the first time hides, the second time, permanently, removes.
interface DeletionContract extends RegistryUnderTest {

  @Test
  default void aDeletedSubjectIsHiddenButItsIdStillFindsTheSchema() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    payments.register(AMOUNT);
    int id = payments.register(AMOUNT_AND_DEFAULTED_COUNTRY);

    assertThat(numbers(registry.delete(payments.path("")).body())).containsExactly(1, 2);
    assertThat(texts(registry.get("/subjects").body())).doesNotContain(payments.name());
    assertRefused(registry.get(payments.path("/versions")), 404, 40401);
    boolean known = deviates(Deviation.STILL_KNOWS_A_DELETED_SUBJECT_IN_A_LOOKUP);
    assertRefused(registry.postSchema(payments.path(""), AMOUNT), 404, known ? 40403 : 40401);
    assertThat(schemaIn(registry.get("/schemas/ids/" + id).body()))
        .isEqualTo(AMOUNT_AND_DEFAULTED_COUNTRY);
  }

  @Test
  default void whatIsHiddenIsShownToWhoAsksForDeletedThings() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    payments.register(AMOUNT);
    registry.delete(payments.path(""));

    assertThat(texts(registry.get("/subjects?deleted=true").body())).contains(payments.name());
    assertThat(numbers(registry.get(payments.path("/versions?deleted=true")).body()))
        .containsExactly(1);
    assertThat(registry.get(payments.path("/versions/1?deleted=true")).status())
        .isEqualTo(deviates(Deviation.FETCHES_NO_VERSION_OF_A_DELETED_SUBJECT) ? 404 : 200);
    assertThat(
            registry
                .postSchema(payments.path("?deleted=true"), AMOUNT)
                .body()
                .path("version")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  default void aDeletedSubjectGoesOnCountingItsVersions() {
    var payments = RegistrySubject.fresh(url());
    int id = payments.register(AMOUNT);
    payments.registry().delete(payments.path(""));

    assertThat(payments.register(AMOUNT)).isEqualTo(id);
    assertThat(payments.versions()).containsExactly(2);
  }

  @Test
  default void aDeletedVersionNoLongerConstrainsTheNext() {
    var payments = RegistrySubject.fresh(url());
    payments.register(AMOUNT);
    payments.registry().delete(payments.path("/versions/1"));

    payments.register(AMOUNT_AS_TEXT);
    assertThat(payments.versions()).containsExactly(2);
  }

  @Test
  default void aSubjectIsDeletedBeforeItIsRemoved() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    payments.register(AMOUNT);

    assertRefused(registry.delete(payments.path("?permanent=true")), outOfOrder(), 40405);
    registry.delete(payments.path(""));
    assertRefused(registry.delete(payments.path("")), 404, 40404);
    assertThat(numbers(registry.delete(payments.path("?permanent=true")).body()))
        .containsExactly(1);
    assertThat(texts(registry.get("/subjects?deleted=true").body()))
        .doesNotContain(payments.name());
    assertRefused(registry.delete(payments.path("")), 404, 40401);
    payments.register(AMOUNT);
    assertThat(payments.versions()).containsExactly(1);
  }

  @Test
  default void aVersionIsDeletedBeforeItIsRemoved() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();
    payments.register(AMOUNT);
    payments.register(AMOUNT_AND_DEFAULTED_COUNTRY);

    assertRefused(
        registry.delete(payments.path("/versions/1?permanent=true")), outOfOrder(), 40407);
    assertThat(registry.delete(payments.path("/versions/1")).body().asInt()).isEqualTo(1);
    assertThat(payments.versions()).containsExactly(2);
    assertRefused(registry.delete(payments.path("/versions/1")), outOfOrder(), 40406);
    assertRefused(registry.get(payments.path("/versions/1")), 404, 40402);
    assertThat(registry.delete(payments.path("/versions/1?permanent=true")).body().asInt())
        .isEqualTo(1);
    assertRefused(registry.get(payments.path("/versions/1?deleted=true")), 404, 40402);
  }

  @Test
  default void whatDoesNotExistCannotBeDeleted() {
    var payments = RegistrySubject.fresh(url());
    RegistryHttp registry = payments.registry();

    assertRefused(registry.delete(payments.path("")), 404, 40401);
    assertRefused(registry.delete(payments.path("/versions/1")), 404, 40401);
    payments.register(AMOUNT);
    assertRefused(registry.delete(payments.path("/versions/7")), 404, 40402);
  }

  private int outOfOrder() {
    return deviates(Deviation.CALLS_A_DELETION_OUT_OF_ORDER_A_CONFLICT) ? 409 : 404;
  }
}
