package io.weir.streams.ops.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final Health health = new Health();

  @Test
  void aProcessorThatStartsLivesAndIsNotReady() throws Exception {
    assertThat(health.live().status()).isEqualTo(200);
    assertThat(health.ready().status()).isEqualTo(503);
    JsonNode body = body(health.ready());
    assertThat(body.get("status").asText()).isEqualTo("not ready");
    assertThat(body.get("conditions").fieldNames())
        .toIterable()
        .containsExactly("topics", "model", "running");
    assertThat(body.get("conditions").get("model").get("met").asBoolean()).isFalse();
  }

  @Test
  void itIsReadyWhenEveryConditionHoldsAndAgainNotWhenOneNoLongerDoes() throws Exception {
    health.set(Health.Part.TOPICS, Condition.met("all are there"));
    health.set(Health.Part.MODEL, Condition.met("payments 1"));
    assertThat(health.isReady()).isFalse();
    boolean[] running = {true};
    health.watch(Health.Part.RUNNING, () -> new Condition(running[0], "as it is"));
    assertThat(health.isReady()).isTrue();
    assertThat(health.ready().status()).isEqualTo(200);
    assertThat(body(health.ready()).get("status").asText()).isEqualTo("ready");
    running[0] = false;
    assertThat(health.ready().status()).isEqualTo(503);
    assertThat(health.live().status()).as("rebalancing is no failure").isEqualTo(200);
  }

  @Test
  void afterAFailureItNeitherLivesNorIsReadyAndTellsTheFirstReason() throws Exception {
    for (Health.Part part : Health.Part.values()) {
      health.set(part, Condition.met("fine"));
    }
    health.fail("the disk is \"full\"");
    health.fail("what followed from it");
    assertThat(health.live().status()).isEqualTo(503);
    assertThat(health.ready().status()).isEqualTo(503);
    assertThat(health.isReady()).isFalse();
    assertThat(body(health.live()).get("reason").asText()).isEqualTo("the disk is \"full\"");
    assertThat(body(health.ready()).get("status").asText()).isEqualTo("failed");
  }

  private static JsonNode body(Answer answer) throws Exception {
    assertThat(answer.contentType()).isEqualTo("application/json");
    return new ObjectMapper().readTree(answer.body());
  }
}
