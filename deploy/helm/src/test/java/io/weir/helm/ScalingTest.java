package io.weir.helm;

import static io.weir.helm.Rendered.LEAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.helm.ScaledObject.KafkaTrigger;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// KEDA scales by the lag of the group, and never beyond what has work.
class ScalingTest {
  private static final String KEDA = "autoscaling: {keda: {enabled: true%s}}";

  @ParameterizedTest
  @CsvSource({"12, 1, 12", "12, 4, 3", "10, 4, 3", "1, 8, 1"})
  void theMostInstancesAreThoseWithAPartition(int partitions, int threads, int most) {
    Rendered chart =
        Rendered.of(
            LEAST,
            KEDA.formatted(""),
            "streams: {inputPartitions: %d, threads: %d}".formatted(partitions, threads));
    ScaledObject.Spec scaled = chart.only(ScaledObject.class).spec();
    assertThat(scaled.maxReplicaCount()).isEqualTo(most);
    assertThat(scaled.minReplicaCount()).isOne();
    assertThat(scaled.scaleTargetRef())
        .isEqualTo(
            new ScaledObject.Target(
                "apps/v1", "StatefulSet", chart.statefulSet().getMetadata().getName()));
    assertThat(chart.statefulSet().getSpec().getReplicas())
        .as("Helm would undo KEDA's doing at each upgrade")
        .isNull();
  }

  @Test
  void aTriggerHasTheLagOfEachInputTopicInTheProcessorsGroup() {
    Rendered chart =
        Rendered.of(
            LEAST,
            """
            streams: {inputTopics: [payments, refunds], inputPartitions: 6}
            autoscaling:
              keda:
                enabled: true
                lagThreshold: 1000000
                maxReplicas: 4
                authenticationRef: kafka
                sasl: scram_sha512
                tls: enable
            """);
    ScaledObject.Spec scaled = chart.only(ScaledObject.class).spec();
    assertThat(scaled.maxReplicaCount()).isEqualTo(4);
    assertThat(scaled.triggers())
        .extracting(trigger -> trigger.metadata().topic())
        .containsExactly("payments", "refunds");
    assertThat(scaled.triggers())
        .allSatisfy(
            trigger -> {
              KafkaTrigger kafka = trigger.metadata();
              assertThat(trigger.type()).isEqualTo("kafka");
              assertThat(trigger.authenticationRef().name()).isEqualTo("kafka");
              assertThat(kafka.consumerGroup())
                  .isEqualTo(Environment.of(chart).get("WEIR_KAFKA_APPLICATION_ID"));
              assertThat(kafka.bootstrapServers())
                  .isEqualTo(Environment.of(chart).get("WEIR_KAFKA_BOOTSTRAP_SERVERS"));
              assertThat(kafka.lagThreshold()).isEqualTo("1000000");
              assertThat(kafka.offsetResetPolicy()).isEqualTo("earliest");
              assertThat(kafka.allowIdleConsumers()).isEqualTo("false");
              assertThat(kafka.security())
                  .isEqualTo(Map.of("sasl", "scram_sha512", "tls", "enable"));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 0 | needs streams.inputPartitions",
        "', maxReplicas: 7' | 6 | give work to 6 instances",
        "', minReplicas: 7' | 6 | is more than the most instances, 6",
      })
  void moreInstancesThanHaveWorkAreRefused(String keda, int partitions, String said) {
    assertThatThrownBy(
            () ->
                Rendered.of(
                    LEAST,
                    KEDA.formatted(keda),
                    "streams: {inputPartitions: %d}".formatted(partitions)))
        .hasMessageContaining(said);
  }
}
