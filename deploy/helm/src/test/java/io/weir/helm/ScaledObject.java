package io.weir.helm;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;

/// What of KEDA's `keda.sh/v1alpha1` the chart may use: there is no Java model of it to be had.
record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
  record Spec(
      Target scaleTargetRef,
      int pollingInterval,
      int cooldownPeriod,
      int minReplicaCount,
      int maxReplicaCount,
      List<Trigger> triggers) {}

  record Target(String apiVersion, String kind, String name) {}

  record Trigger(String type, KafkaTrigger metadata, Reference authenticationRef) {}

  record Reference(String name) {}

  /// Every value of a trigger is text.
  record KafkaTrigger(
      String bootstrapServers,
      String consumerGroup,
      String topic,
      String lagThreshold,
      String offsetResetPolicy,
      String allowIdleConsumers,
      String sasl,
      String tls) {
    Map<String, String> security() {
      return Map.of("sasl", sasl, "tls", tls);
    }
  }
}
