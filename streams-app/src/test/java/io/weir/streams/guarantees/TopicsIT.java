package io.weir.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.OutsideCluster;
import io.weir.streams.fixture.WeirJvm;
import io.weir.streams.fixture.flow.EventFlow;
import io.weir.streams.fixture.flow.Ledger;
import io.weir.streams.fixture.flow.PaymentFeed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The topic for bad records is not there: at the start, or all at once.
@Timeout(300)
@ExtendWith(OutsideCluster.class)
class TopicsIT {
  private static final int EVENTS = 20_000;

  @TempDir static Path directory;
  private static Cluster cluster;

  @BeforeAll
  static void start(Cluster shared) {
    cluster = shared;
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void withoutADeadLetterTopicNothingStartsAndOneThatIsDeletedStopsTheProcessor(String guarantee)
      throws Exception {
    String name = "letters-" + guarantee;
    String letters = name + "-dead";
    cluster.createTopics(name, 4);
    delete(letters);
    PaymentFeed feed = new PaymentFeed(cluster, name, 4);
    try (EventFlow flow = new EventFlow(cluster, name, feed)) {
      flow.send(EVENTS);
      try (WeirJvm weir = weir(name, guarantee)) {
        assertThat(weir.exitCode()).as(weir::toString).isEqualTo(1);
        assertThat(weir.output())
            .contains("There is no output topic " + letters)
            .doesNotContain("\tat ");
      }
      cluster.createTopic(letters, 4, Map.of());
      try (WeirJvm weir = weir(name, guarantee)) {
        try (Ledger ledger = new Ledger(cluster, name, feed, EVENTS)) {
          ledger.awaitComplete(weir);
        }
        delete(letters);
        flow.send(EVENTS);
        assertThat(weir.exitCode()).as(weir::toString).isEqualTo(1);
        assertThat(weir.output())
            .contains("Topic " + letters + " does not take the dead letter of " + name)
            .containsAnyOf(
                "have no such topic or partition",
                "The processor stopped: The brokers took no output for longer than"
                    + " delivery.timeout.ms")
            .doesNotContain("\tat ");
      }
      cluster.createTopic(letters, 4, Map.of());
      try (WeirJvm weir = weir(name, guarantee);
          Ledger ledger = new Ledger(cluster, name, feed, flow.stop(), EVENTS)) {
        ledger.awaitComplete(weir);
        weir.terminate();
        assertThat(weir.exitCode()).as(weir::toString).isZero();
        ledger.toTheEnd().holds("dead-letter topic deleted while running", guarantee);
      }
    }
  }

  private static void delete(String topic) throws Exception {
    try (Admin admin = cluster.admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
      while (admin.listTopics().names().get().contains(topic)) {
        Thread.sleep(50);
      }
    }
  }

  private static WeirJvm weir(String name, String guarantee) throws Exception {
    return WeirJvm.start(
        cluster.flags(
            name,
            Map.of(
                "processing.guarantee", guarantee,
                "commit.interval.ms", "300",
                "producer.request.timeout.ms", "3000",
                "producer.delivery.timeout.ms", "4000",
                "producer.max.block.ms", "3000",
                "weir.shutdown.timeout.ms", "5000",
                "producer.transaction.timeout.ms", "3000")),
        directory.resolve(name + ".log"));
  }
}
