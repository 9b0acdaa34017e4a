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
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kills the processor (SIGKILL) at random moments while events flow, and starts it again each
/// time.
///
/// `-Dweir.halt.kills=100` kills so often for each guarantee instead of 3 times,
/// `-Dweir.halt.seed=7` at other moments.
@Timeout(1_800)
@ExtendWith(OutsideCluster.class)
class HaltIT {
  private static final int KILLS = Integer.getInteger("weir.halt.kills", 3);
  private static final long SEED = Long.getLong("weir.halt.seed", 1);
  private static final int BACKLOG = 100_000;

  @TempDir static Path directory;
  private static Cluster cluster;

  @BeforeAll
  static void start(Cluster shared) {
    cluster = shared;
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void killsLoseNothingAndExactlyOnceRepeatsNothing(String guarantee) throws Exception {
    String name = "halted-" + guarantee;
    cluster.createTopics(name, 4);
    Random random = new Random(SEED);
    PaymentFeed feed = new PaymentFeed(cluster, name, 4);
    try (EventFlow flow = new EventFlow(cluster, name, feed)) {
      flow.send(BACKLOG).start();
      for (int kill = 0; kill < KILLS; kill++) {
        try (WeirJvm weir = weir(name, guarantee)) {
          Flowing.await(cluster, name, weir);
          Thread.sleep(random.nextInt(700));
          assertThat(weir.isAlive()).as(weir::toString).isTrue();
          weir.kill();
        }
      }
      try (WeirJvm weir = weir(name, guarantee);
          Ledger ledger = new Ledger(cluster, name, feed, flow.stop())) {
        ledger.awaitComplete(weir);
        weir.terminate();
        assertThat(weir.exitCode()).as(weir::toString).isZero();
        ledger.toTheEnd().holds("process killed " + KILLS + " times", guarantee);
      }
    }
  }

  private static WeirJvm weir(String name, String guarantee) throws Exception {
    return WeirJvm.start(
        cluster.flags(
            name,
            Map.of(
                "processing.guarantee", guarantee,
                // Kills find transactions open, and offsets behind.
                "commit.interval.ms", "300",
                "producer.transaction.timeout.ms", "3000",
                "weir.batch.max", "128")),
        directory.resolve(name + ".log"));
  }
}
