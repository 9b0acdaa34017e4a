package io.weir.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.OutsideCluster;
import io.weir.streams.fixture.WeirJvm;
import io.weir.streams.fixture.flow.EventFlow;
import io.weir.streams.fixture.flow.Flowing;
import io.weir.streams.fixture.flow.Ledger;
import io.weir.streams.fixture.flow.PaymentFeed;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Instances that share the partitions come, go, die, and stand still, while events flow.
@Timeout(300)
@ExtendWith(OutsideCluster.class)
class InstancesIT {
  private static final int BACKLOG = 30_000;

  @TempDir static Path directory;
  private static Cluster cluster;

  @BeforeAll
  static void start(Cluster shared) {
    cluster = shared;
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void instancesJoinLeaveInOrderAndDieUnderLoad(String guarantee) throws Exception {
    String name = "joined-" + guarantee;
    cluster.createTopics(name, 4);
    PaymentFeed feed = new PaymentFeed(cluster, name, 4);
    Map<String, String> settings = Map.of("num.stream.threads", "2");
    try (EventFlow flow = new EventFlow(cluster, name, feed).send(BACKLOG).start();
        WeirJvm stays = weir(name, "stays", guarantee, settings)) {
      Flowing.await(cluster, name, stays);
      try (WeirJvm leaves = weir(name, "leaves", guarantee, settings)) {
        cluster.awaitMembers(name, 4);
        leaves.awaitOutput("is RUNNING");
        Flowing.await(cluster, name, leaves);
        leaves.terminate();
        assertThat(leaves.exitCode()).as(leaves::toString).isZero();
        assertThat(leaves.output()).doesNotContain("\tat ");
      }
      try (WeirJvm dies = weir(name, "dies", guarantee, settings)) {
        cluster.awaitMembers(name, 4);
        dies.awaitOutput("is RUNNING");
        Flowing.await(cluster, name, dies);
        dies.kill();
      }
      cluster.awaitMembers(name, 2);
      end(name, feed, flow.stop(), "an instance joins and leaves, another dies", guarantee, stays);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void anInstanceThatWakesUpAfterOthersTookOverIsFenced(String guarantee) throws Exception {
    String name = "zombie-" + guarantee;
    cluster.createTopics(name, 4);
    PaymentFeed feed = new PaymentFeed(cluster, name, 4);
    // It stands still with much that is not committed.
    Map<String, String> slow = Map.of("commit.interval.ms", "2000");
    try (EventFlow flow = new EventFlow(cluster, name, feed).send(BACKLOG).start();
        WeirJvm zombie = weir(name, "zombie", guarantee, slow)) {
      Flowing.await(cluster, name, zombie);
      try (WeirJvm other = weir(name, "other", guarantee, slow)) {
        cluster.awaitMembers(name, 2);
        other.awaitOutput("is RUNNING");
        Flowing.await(cluster, name, zombie);
        zombie.pause();
        cluster.awaitMembers(name, 1);
        Flowing.await(cluster, name, other);
        zombie.resume();
        cluster.awaitMembers(name, 2);
        int events = flow.stop();
        try (Ledger ledger = new Ledger(cluster, name, feed, events)) {
          ledger.awaitComplete(zombie, other);
          other.terminate();
          assertThat(other.exitCode()).as(other::toString).isZero();
        }
        end(name, feed, events, "an instance stood still past its session", guarantee, zombie);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void theOnlyInstanceStandsStillForLongerThanMaxPollInterval(String guarantee) throws Exception {
    String name = "paused-" + guarantee;
    cluster.createTopics(name, 4);
    PaymentFeed feed = new PaymentFeed(cluster, name, 4);
    Map<String, String> settings =
        Map.of(
            "consumer.session.timeout.ms", "20000",
            "max.poll.interval.ms", "2000",
            "weir.schema.registry.outage.max.ms", "1000");
    try (EventFlow flow = new EventFlow(cluster, name, feed).send(BACKLOG).start();
        WeirJvm weir = weir(name, "paused", guarantee, settings)) {
      Flowing.await(cluster, name, weir);
      weir.pause();
      Thread.sleep(5_000);
      weir.resume();
      Flowing.await(cluster, name, weir);
      end(name, feed, flow.stop(), "stood still past max.poll.interval.ms", guarantee, weir);
    }
  }

  private static void end(
      String name, PaymentFeed feed, int events, String situation, String guarantee, WeirJvm last)
      throws Exception {
    try (Ledger ledger = new Ledger(cluster, name, feed, events)) {
      ledger.awaitComplete(last);
      last.terminate();
      assertThat(last.exitCode()).as(last::toString).isZero();
      ledger.toTheEnd().holds(situation, guarantee);
    }
    assertThat(last.output()).doesNotContain("\tat ");
  }

  private static WeirJvm weir(
      String name, String instance, String guarantee, Map<String, String> more) throws Exception {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "processing.guarantee", guarantee,
                "commit.interval.ms", "300",
                "producer.transaction.timeout.ms", "3000",
                "weir.batch.max", "128"));
    settings.putAll(more);
    return WeirJvm.start(
        cluster.flags(name, settings), directory.resolve(name + "-" + instance + ".log"));
  }
}
