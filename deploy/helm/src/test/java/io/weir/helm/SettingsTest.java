package io.weir.helm;

import static io.weir.helm.Rendered.LEAST;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.config.InputTopics;
import io.weir.streams.config.SettingSources;
import io.weir.streams.config.Settings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the processor reads from the variables that the chart sets.
class SettingsTest {
  private static Settings settings(String... values) {
    return new SettingSources().environment(Environment.of(Rendered.of(values))).settings();
  }

  @Test
  void everyValueReachesItsSetting() {
    Settings settings =
        settings(
            LEAST,
            """
            streams:
              inputTopics: [payments, refunds]
              outputTopic: fraud-alerts
              scoresTopic: fraud-scores
              errorTopic: fraud-dead
              threads: 4
              processingGuarantee: exactly_once_v2
              config:
                weir.batch.max: 256
                weir.window.max.gap.ms: 86400000
                weir.schema.registry.ssl.truststore.location: /etc/weir/tls/ca.p12
                security.protocol: SASL_SSL
                consumer.max.poll.records: 5000
                num.standby.replicas: 1
            """);
    assertThat(settings.applicationId()).isEqualTo("fraud");
    assertThat(settings.bootstrapServers()).isEqualTo("broker-0:9092,broker-1:9092");
    assertThat(settings.registry().urls()).containsExactly("http://registry:8081");
    assertThat(settings.registry().client())
        .containsEntry("ssl.truststore.location", "/etc/weir/tls/ca.p12");
    assertThat(settings.input()).isEqualTo(new InputTopics.Listed(List.of("payments", "refunds")));
    assertThat(settings.alertsTopic()).isEqualTo("fraud-alerts");
    assertThat(settings.scoresTopic()).contains("fraud-scores");
    assertThat(settings.deadLetterTopic()).isEqualTo("fraud-dead");
    assertThat(settings.model()).isEqualTo(Path.of("/models/model.onnx"));
    assertThat(settings.batchMax()).isEqualTo(256);
    assertThat(settings.windows().maxGapMillis()).hasValue(86_400_000);
    assertThat(settings.isStaticMember()).isTrue();
    assertThat(settings.kafka())
        .containsEntry("num.stream.threads", "4")
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("consumer.max.poll.records", "5000")
        .containsEntry("num.standby.replicas", "1")
        .containsEntry("state.dir", "/var/lib/weir/state");
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void aPatternStandsForTopics() {
    Settings settings = settings(LEAST, "streams: {inputTopics: [], inputPattern: 'pay.*'}");
    assertThat(settings.input().includes("payments")).isTrue();
  }

  @Test
  void withoutStaticMembershipAnInstanceLeavesItsGroup() {
    assertThat(settings(LEAST, "streams: {staticMembership: false}").isStaticMember()).isFalse();
  }

  @Test
  void defaultsAreWeirsOwn() {
    Settings settings = settings(LEAST);
    assertThat(settings.alertsTopic()).isEqualTo("weir-alerts");
    assertThat(settings.scoresTopic()).isEmpty();
    assertThat(settings.deadLetterTopic()).isEqualTo("weir-dead-letters");
    assertThat(settings.kafka()).doesNotContainKey("processing.guarantee");
    assertThat(settings.warnings()).isEmpty();
  }
}
