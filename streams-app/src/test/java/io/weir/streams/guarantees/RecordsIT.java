package io.weir.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.OutsideCluster;
import io.weir.streams.fixture.TinyWindowModel;
import io.weir.streams.fixture.WeirJvm;
import io.weir.streams.fixture.flow.EventFlow;
import io.weir.streams.fixture.flow.Feed;
import io.weir.streams.fixture.flow.Ledger;
import io.weir.streams.fixture.flow.OddFeed;
import io.weir.streams.fixture.flow.PoisonFeed;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Records that are bad by the thousand, larger than what is fetched or taken at once, or from
/// another time.
///
/// `-Dweir.poison.run=20000` makes longer runs of bad records.
@Timeout(300)
@ExtendWith(OutsideCluster.class)
class RecordsIT {
  private static final int RUN = Integer.getInteger("weir.poison.run", 2_000);
  private static final int MIB = 1024 * 1024;
  private static final Map<String, String> ANY_TIME =
      Map.of("message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));

  @TempDir static Path directory;
  private static Cluster cluster;

  @BeforeAll
  static void start(Cluster shared) {
    cluster = shared;
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void everyBadRecordOfALongRunIsADeadLetterAndTheGoodOnesGoOn(String guarantee) throws Exception {
    String name = "poisoned-" + guarantee;
    cluster.createTopics(name, 2);
    PoisonFeed feed = new PoisonFeed(cluster, name, 2, RUN);
    try (EventFlow flow = new EventFlow(cluster, name, feed).send(feed.round());
        // Whole polls of one kind.
        WeirJvm weir = weir(name, guarantee, Map.of("max.poll.records", "500"))) {
      end(name, feed, flow.stop(), "runs of " + RUN + " bad records of each kind", guarantee, weir);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void recordsLargerThanAFetchAreScored(String guarantee) throws Exception {
    String name = "large-" + guarantee;
    Map<String, String> large = Map.of("max.message.bytes", String.valueOf(8 * MIB));
    cluster.createTopic(name, 1, large);
    cluster.createTopic(name + "-dead", 1, Map.of("max.message.bytes", String.valueOf(16 * MIB)));
    cluster.createTopic(name + "-scores", 1, Map.of());
    cluster.createTopic(name + "-alerts", 1, Map.of());
    OddFeed feed = new OddFeed(cluster, name, i -> i % 10 == 9 ? 6 * MIB : 10, i -> i);
    try (EventFlow flow = new EventFlow(cluster, name, feed).send(40);
        WeirJvm weir = weir(name, guarantee, Map.of("max.partition.fetch.bytes", "100000"))) {
      end(name, feed, flow.stop(), "records of 6 MiB, fetches of 0.1", guarantee, weir);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void anOutputThatItsTopicDoesNotTakeStopsEveryStartUntilItDoes(String guarantee)
      throws Exception {
    String name = "refused-" + guarantee;
    cluster.createTopics(name, 1);
    set(name + "-dead", "max.message.bytes", "1000");
    OddFeed feed = new OddFeed(cluster, name, i -> i == 700 ? -2_000 : 10, i -> i);
    try (EventFlow flow = new EventFlow(cluster, name, feed).send(2_000)) {
      for (int start = 0; start < 2; start++) {
        try (WeirJvm weir = weir(name, guarantee, Map.of())) {
          assertThat(weir.exitCode()).as(weir::toString).isEqualTo(1);
          assertThat(weir.output())
              .contains("Topic " + name + "-dead does not take the dead letter of " + name)
              .contains("-0 offset 700: it has ")
              .contains("--entity-name " + name + "-dead --add-config max.message.bytes=")
              .contains("every start stops here until that is mended")
              .doesNotContain("\tat ");
        }
      }
      set(name + "-dead", "max.message.bytes", String.valueOf(MIB));
      try (WeirJvm weir = weir(name, guarantee, Map.of())) {
        end(name, feed, flow.stop(), "an output larger than its topic takes", guarantee, weir);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void timestampsThatJumpBackAndFarAheadChangeNothing(String guarantee) throws Exception {
    String name = "clock-" + guarantee;
    for (String topic : List.of(name, name + "-scores", name + "-alerts", name + "-dead")) {
      cluster.createTopic(topic, 2, ANY_TIME);
    }
    long now = System.currentTimeMillis();
    OddFeed feed = new OddFeed(cluster, name, 2, _ -> 10, i -> OddFeed.jump(now, i));
    try (EventFlow flow = new EventFlow(cluster, name, feed).send(5_000);
        WeirJvm weir = weir(name, guarantee, Map.of())) {
      end(name, feed, flow.stop(), "timestamps from 1970 to 2100 in turns", guarantee, weir);
    }
  }

  @Test
  void windowsTakeTimestampsThatJump() throws Exception {
    String name = "clock-windows";
    for (String topic : List.of(name, name + "-scores", name + "-alerts", name + "-dead")) {
      cluster.createTopic(topic, 2, ANY_TIME);
    }
    Path model = TinyWindowModel.of(3, null).write(directory.resolve("windows.onnx"));
    long now = System.currentTimeMillis();
    OddFeed feed = new OddFeed(cluster, name, 2, _ -> 10, i -> OddFeed.jump(now, i)).windows(model);
    Map<String, String> settings =
        Map.of(
            "weir.model.file", model.toString(),
            "state.dir", directory.resolve("state").toString());
    try (EventFlow flow = new EventFlow(cluster, name, feed).send(5_000);
        WeirJvm weir = weir(name, "exactly_once_v2", settings)) {
      end(
          name,
          feed,
          flow.stop(),
          "windows: timestamps from 1970 to 2100",
          "exactly_once_v2",
          weir);
    }
  }

  @Test
  void theTimeOfTheBrokerIsKeptWhereTheTopicSaysSo() throws Exception {
    String name = "clock-append";
    cluster.createTopics(name, 1);
    set(name, "message.timestamp.type", "LogAppendTime");
    long before = System.currentTimeMillis();
    OddFeed feed = new OddFeed(cluster, name, _ -> 10, _ -> -1);
    try (EventFlow flow = new EventFlow(cluster, name, feed).send(2_000);
        WeirJvm weir = weir(name, "exactly_once_v2", Map.of())) {
      end(name, feed, flow.stop(), "LogAppendTime on the input topic", "exactly_once_v2", weir);
    }
    long after = System.currentTimeMillis();
    assertThat(cluster.scores(name, 1_999))
        .allSatisfy(score -> assertThat(score.timestamp()).isBetween(before, after));
  }

  private static void set(String topic, String key, String value) throws Exception {
    Collection<AlterConfigOp> change =
        List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
    try (Admin admin = cluster.admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), change))
          .all()
          .get();
    }
  }

  private static void end(
      String name, Feed feed, int events, String situation, String guarantee, WeirJvm weir)
      throws Exception {
    try (Ledger ledger = new Ledger(cluster, name, feed, events)) {
      ledger.awaitComplete(weir);
      weir.terminate();
      assertThat(weir.exitCode()).as(weir::toString).isZero();
      ledger.toTheEnd().holds(situation, guarantee);
    }
  }

  private static WeirJvm weir(String name, String guarantee, Map<String, String> more)
      throws Exception {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("processing.guarantee", guarantee);
    settings.put("commit.interval.ms", "300");
    settings.put("producer.transaction.timeout.ms", "3000");
    return WeirJvm.start(cluster.flags(name, settings), directory.resolve(name + ".log"));
  }
}
