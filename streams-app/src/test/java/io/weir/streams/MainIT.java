package io.weir.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.WeirJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class MainIT {
  @TempDir static Path directory;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void sigtermCommitsLeavesTheGroupAndExitsWithZero() throws Exception {
    cluster.createTopics("term", 1);
    int schema = cluster.register("term", Payments.SCHEMA);
    Map<String, String> settings =
        cluster.flags("term", Map.of("weir.schema.registry.basic.auth.user.info", "me:hush"));
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer();
        WeirJvm weir = WeirJvm.start(settings, directory.resolve("term.log"))) {
      for (int i = 0; i < 1_000; i++) {
        producer.send(
            new ProducerRecord<>("term", null, null, Payments.bytes(schema, Payments.ordinary(i))));
      }
      producer.flush();
      assertThat(scores(1_000)).as(weir::toString).hasSize(1_000);
      weir.terminate();
      assertThat(weir.exitCode()).as(weir::toString).isZero();
      assertThat(weir.output())
          .contains("weir.batch.max = 512 (default)")
          .contains("application.id = term-app (file)")
          .contains("1,000 events")
          .contains("The processor is RUNNING")
          .doesNotContain("WARN")
          .doesNotContain("hush")
          .doesNotContain("Exception");
    }
    try (WeirJvm weir = WeirJvm.start(settings, directory.resolve("again.log"));
        KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      producer.send(
          new ProducerRecord<>("term", null, null, Payments.bytes(schema, Payments.ordinary(7))));
      producer.flush();
      assertThat(scores(1_001))
          .as(() -> "one more, none twice: all was committed\n" + weir)
          .hasSize(1_001);
      weir.terminate();
      assertThat(weir.exitCode()).as(weir::toString).isZero();
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> scores(int count) {
    return cluster.read("term-scores", new ByteArrayDeserializer(), r -> r.size() >= count);
  }

  @Test
  void whatCannotStartExitsWithOneAndOneMessage() throws Exception {
    try (WeirJvm weir =
        WeirJvm.start(cluster.flags("absent", Map.of()), directory.resolve("absent.log"))) {
      assertThat(weir.exitCode()).as(weir::toString).isEqualTo(1);
      assertThat(weir.output())
          .contains("There is no input topic absent, no output topic absent-alerts")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void wrongSettingsExitWithTwoAndAllProblems() throws Exception {
    Map<String, String> settings =
        Map.of("weir.alert.topic", "a", "weir.batch.max", "0", "application.id", "x");
    try (WeirJvm weir = WeirJvm.start(settings, directory.resolve("wrong.log"))) {
      assertThat(weir.exitCode()).as(weir::toString).isEqualTo(2);
      assertThat(weir.output())
          .contains("there is no setting weir.alert.topic")
          .contains("the nearest is weir.alerts.topic")
          .contains("weir.batch.max")
          .contains("bootstrap.servers is required")
          .doesNotContain("\tat ");
    }
  }
}
