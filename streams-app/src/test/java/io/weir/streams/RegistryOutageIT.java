package io.weir.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.FailingRegistry;
import io.weir.streams.fixture.Payments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A schema registry that does not answer while events are waiting for it.
@Timeout(180)
class RegistryOutageIT {
  private static final long T0 = System.currentTimeMillis();

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
  void aRegistryOutageDelaysEventsAndLosesNone() throws Exception {
    cluster.createTopics("outage", 1);
    int known = cluster.register("outage", Payments.SCHEMA);
    int unseen = cluster.register("outage-again", Payments.renamed("OtherPayment"));
    try (FailingRegistry registry = new FailingRegistry(cluster.registryUrl());
        WeirApplication application =
            WeirApplication.start(
                cluster.settings("outage", Map.of("weir.schema.registry.url", registry.url())));
        KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      byte[] event = Payments.bytes(known, Payments.ordinary(0));
      producer.send(new ProducerRecord<>("outage", 0, T0, null, event));
      assertThat(cluster.scores("outage", 1)).hasSize(1);
      registry.answer(502);
      for (int i = 0; i < 100; i++) {
        producer.send(new ProducerRecord<>("outage", 0, T0, null, event));
      }
      assertThat(cluster.scores("outage", 101)).as("known schemas need no registry").hasSize(101);
      byte[] other = Payments.bytes(unseen, Payments.ordinary(1));
      for (int i = 0; i < 100; i++) {
        producer.send(new ProducerRecord<>("outage", 0, T0, null, other));
      }
      producer.flush();
      while (registry.refused() < 3) {
        Thread.sleep(50);
      }
      assertThat(application.progress().events()).isEqualTo(101);
      registry.answer(200);
      assertThat(cluster.scores("outage", 201)).hasSize(201);
      assertThat(application.progress().bad()).isZero();
      assertThat(application.failure()).isEmpty();
    }
  }

  @Test
  void aRegistryThatStaysAwayStopsTheProcessorWithAMessage() throws Exception {
    cluster.createTopics("gone", 1);
    try (FailingRegistry registry = new FailingRegistry(cluster.registryUrl());
        WeirApplication application =
            WeirApplication.start(
                cluster.settings(
                    "gone",
                    Map.of(
                        "weir.schema.registry.url",
                        registry.url(),
                        "weir.schema.registry.outage.max.ms",
                        "500")))) {
      assertThat(application.awaitRunning(Duration.ofSeconds(30))).isTrue();
      registry.stop();
      try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
        producer.send(
            new ProducerRecord<>("gone", 0, T0, null, Payments.bytes(77, Payments.ordinary(0))));
      }
      application.awaitEnd();
      assertThat(application.failure().orElseThrow())
          .contains("The schema registry gave no schema 77")
          .contains("Nothing is lost");
      assertThat(application.progress().bad()).isZero();
    }
  }

  @Test
  void anOrderlyEndDoesNotWaitForTheRegistry() throws Exception {
    cluster.createTopics("waiting", 1);
    try (FailingRegistry registry = new FailingRegistry(cluster.registryUrl());
        WeirApplication application =
            WeirApplication.start(
                cluster.settings("waiting", Map.of("weir.schema.registry.url", registry.url())));
        KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      registry.answer(503);
      producer.send(
          new ProducerRecord<>("waiting", 0, T0, null, Payments.bytes(77, Payments.ordinary(0))));
      while (registry.refused() < 1) {
        Thread.sleep(50);
      }
      assertThat(application.end()).isTrue();
      assertThat(application.failure()).isEmpty();
    }
  }
}
