package io.weir.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.BrokerProcess;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.WeirJvm;
import io.weir.streams.fixture.flow.EventFlow;
import io.weir.streams.fixture.flow.Flowing;
import io.weir.streams.fixture.flow.Ledger;
import io.weir.streams.fixture.flow.PaymentFeed;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kills the only broker (SIGKILL) while events flow, and starts it again.
///
/// `-Dweir.broker.kills=10` kills more often for each guarantee.
@Timeout(900)
class BrokerHaltIT {
  private static final int KILLS = Integer.getInteger("weir.broker.kills", 2);
  private static final int BACKLOG = 50_000;

  @TempDir static Path directory;
  private static BrokerProcess broker;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    broker = Cluster.outsideBroker(directory);
    cluster = Cluster.with(broker, directory);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void theProcessorOutlivesABrokerThatIsKilledAndComesBack(String guarantee) throws Exception {
    String name = "broker-" + guarantee;
    cluster.createTopics(name, 4);
    Random random = new Random(1);
    PaymentFeed feed = new PaymentFeed(cluster, name, 4);
    Map<String, String> settings =
        Map.of(
            "processing.guarantee", guarantee,
            "commit.interval.ms", "300",
            // Longer than the outage: see docs/guarantees.md.
            "producer.transaction.timeout.ms", "60000",
            "weir.batch.max", "128");
    try (EventFlow flow = new EventFlow(cluster, name, feed).send(BACKLOG).start();
        WeirJvm weir =
            WeirJvm.start(cluster.flags(name, settings), directory.resolve(name + ".log"))) {
      for (int kill = 0; kill < KILLS; kill++) {
        Flowing.await(cluster, name, weir);
        Thread.sleep(random.nextInt(700));
        broker.kill();
        Thread.sleep(random.nextInt(2_000));
        broker.restart();
      }
      Flowing.await(cluster, name, weir);
      try (Ledger ledger = new Ledger(cluster, name, feed, flow.stop())) {
        ledger.awaitComplete(weir);
        weir.terminate();
        assertThat(weir.exitCode()).as(weir::toString).isZero();
        ledger.toTheEnd().holds("broker killed " + KILLS + " times", guarantee);
      }
      assertThat(weir.output()).doesNotContain("\tat ");
    }
  }
}
