package io.weir.helm;

import static io.weir.helm.Rendered.LEAST;
import static org.assertj.core.api.Assertions.assertThat;

import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTransactionalIdResource;
import io.weir.streams.config.SettingSources;
import io.weir.streams.config.Settings;
import io.weir.streams.ops.AccessRule;
import io.weir.streams.ops.RequiredAccess;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Topics and user for the Strimzi operator.
class StrimziTest {
  @ParameterizedTest
  @CsvSource({
    "at_least_once, false, '', ''",
    "exactly_once_v2, false, fraud-scores, ''",
    "'', true, fraud-scores, ''",
    "'', false, '', weir.incident.gap.ms",
    "'', true, '', weir.cooldown.ms"
  })
  void theUserMayDoWhatTheProcessorNeedsAndNothingElse(
      String guarantee, boolean windows, String scores, String mute) {
    Rendered chart =
        Rendered.of(
            LEAST,
            """
            streams:
              inputTopics: [payments, refunds]
              processingGuarantee: '%s'
              scoresTopic: '%s'
              config: {%s}
            strimzi: {cluster: main, namespace: kafka, user: {enabled: true, windows: %s}}
            """
                .formatted(guarantee, scores, mute.isEmpty() ? "" : mute + ": 60000", windows));
    Settings settings = new SettingSources().environment(Environment.of(chart)).settings();
    KafkaUser user = chart.only(KafkaUser.class);
    assertThat(user.getMetadata().getNamespace()).isEqualTo("kafka");
    assertThat(user.getMetadata().getLabels()).containsEntry("strimzi.io/cluster", "main");
    assertThat(user.getSpec().getAuthentication().getType()).isEqualTo("scram-sha-512");
    List<String> granted =
        ((KafkaUserAuthorizationSimple) user.getSpec().getAuthorization())
            .getAcls().stream().flatMap(acl -> texts(acl).stream()).toList();
    List<String> needed =
        RequiredAccess.of(
                settings,
                List.of("payments", "refunds"),
                windows || !mute.isEmpty() || guarantee.equals("exactly_once_v2"),
                Stream.of(
                        windows ? "fraud-windows-changelog" : "",
                        mute.isEmpty() ? "" : "fraud-mute-changelog")
                    .filter(topic -> !topic.isEmpty())
                    .toList())
            .stream()
            .map(StrimziTest::text)
            .toList();
    assertThat(granted).containsExactlyInAnyOrderElementsOf(needed);
  }

  @Test
  void thePodLogsInAsThatUser() {
    Rendered chart = Rendered.of(LEAST, "strimzi: {cluster: main, user: {enabled: true}}");
    assertThat(Environment.of(chart)).containsEntry("WEIR_KAFKA_SASL_MECHANISM", "SCRAM-SHA-512");
    assertThat(
            chart.weir().getEnv().stream()
                .filter(variable -> variable.getName().equals("WEIR_KAFKA_SASL_JAAS_CONFIG"))
                .map(variable -> variable.getValueFrom().getSecretKeyRef().getName())
                .toList())
        .containsExactly(chart.only(KafkaUser.class).getMetadata().getName());
  }

  @Test
  void topicsHaveTheSizeAndPartitionsThatTheProcessorNeeds() {
    Rendered chart =
        Rendered.of(
            LEAST,
            """
            streams: {inputPartitions: 12, scoresTopic: Fraud_Scores}
            strimzi: {cluster: main, topics: {enabled: true, retentionMs: 2592000000}}
            """);
    assertThat(chart.all(KafkaTopic.class))
        .extracting(topic -> topic.getSpec().getTopicName())
        .containsExactlyInAnyOrder("weir-alerts", "weir-dead-letters", "Fraud_Scores");
    assertThat(chart.all(KafkaTopic.class))
        .allSatisfy(
            topic -> {
              assertThat(topic.getMetadata().getName()).matches("[a-z0-9.-]+");
              assertThat(topic.getSpec().getPartitions()).isEqualTo(12);
              assertThat(topic.getSpec().getReplicas()).isEqualTo(3);
              assertThat(kafkasTopicSettings()).containsAll(topic.getSpec().getConfig().keySet());
              assertThat(topic.getSpec().getConfig().get("max.message.bytes").toString())
                  .isEqualTo(String.valueOf(Settings.OUTPUT_MAX_BYTES));
              assertThat(topic.getSpec().getConfig().get("message.timestamp.after.max.ms"))
                  .hasToString(String.valueOf(Long.MAX_VALUE));
              assertThat(topic.getSpec().getConfig().get("retention.ms").toString())
                  .isEqualTo("2592000000");
            });
  }

  private static List<Object> kafkasTopicSettings() {
    return Stream.of(TopicConfig.class.getFields())
        .map(
            field -> {
              try {
                return field.get(null);
              } catch (IllegalAccessException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  private static String text(AccessRule rule) {
    return rule.resource() + " " + rule.pattern() + " " + rule.name() + " " + rule.operation();
  }

  private static List<String> texts(AclRule acl) {
    String resource =
        switch (acl.getResource()) {
          case AclRuleTopicResource topic ->
              text(ResourceType.TOPIC, topic.getPatternType().toValue(), topic.getName());
          case AclRuleGroupResource group ->
              text(ResourceType.GROUP, group.getPatternType().toValue(), group.getName());
          case AclRuleTransactionalIdResource id ->
              text(ResourceType.TRANSACTIONAL_ID, id.getPatternType().toValue(), id.getName());
          default -> throw new AssertionError("no processor needs " + acl);
        };
    return acl.getOperations().stream()
        .map(operation -> resource + operation.name().toUpperCase(java.util.Locale.ROOT))
        .toList();
  }

  private static String text(ResourceType type, String pattern, String name) {
    return type
        + " "
        + (pattern.equals("prefix") ? PatternType.PREFIXED : PatternType.LITERAL)
        + " "
        + name
        + " ";
  }
}
