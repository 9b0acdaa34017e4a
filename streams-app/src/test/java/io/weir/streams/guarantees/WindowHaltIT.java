package io.weir.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.OutsideCluster;
import io.weir.streams.fixture.TinyWindowModel;
import io.weir.streams.fixture.WeirJvm;
import io.weir.streams.fixture.flow.EventFlow;
import io.weir.streams.fixture.flow.Flowing;
import io.weir.streams.fixture.flow.Ledger;
import io.weir.streams.fixture.flow.WindowFeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Windows of an LSTM across kills, rebalances and takeovers: every score exactly once, with the
/// bits of windows made offline.
///
/// `-Dweir.window.kills=20` kills more often, `-Dweir.halt.seed=7` at other moments.
@Timeout(900)
@ExtendWith(OutsideCluster.class)
class WindowHaltIT {
  private static final int KILLS = Integer.getInteger("weir.window.kills", 3);
  private static final long SEED = Long.getLong("weir.halt.seed", 1);
  private static final int BACKLOG = 20_000;
  private static final long GAP = 1_000;
  private static final String GUARANTEE = "exactly_once_v2";

  @TempDir static Path directory;
  private static Cluster cluster;
  private static Path model;

  @BeforeAll
  static void start(Cluster shared) throws Exception {
    cluster = shared;
    model = TinyWindowModel.lstm(6, GAP).write(directory.resolve("windows.onnx"));
  }

  @Test
  void killsChangeNoScore() throws Exception {
    String name = "windows-killed";
    Random random = new Random(SEED);
    WindowFeed feed = feed(name);
    try (EventFlow flow = new EventFlow(cluster, name, feed)) {
      flow.send(BACKLOG).start();
      for (int kill = 0; kill < KILLS; kill++) {
        try (WeirJvm weir = weir(name, "one", Map.of())) {
          Flowing.await(cluster, name, weir);
          Thread.sleep(random.nextInt(700));
          assertThat(weir.isAlive()).as(weir::toString).isTrue();
          weir.kill();
        }
        if (kill == KILLS / 2) {
          // From here on the windows come from the changelog topic, not from the disk.
          delete(directory.resolve(name + "-one-state"));
        }
      }
      try (WeirJvm weir = weir(name, "one", Map.of())) {
        verify(name, feed, flow.stop(), "windows: process killed " + KILLS + " times", weir);
        assertThat(weir.output()).contains("keys with", "records restored in");
      }
    }
  }

  @Test
  void instancesThatComeAndGoChangeNoScore() throws Exception {
    String name = "windows-rebalanced";
    // Otherwise a task waits for ten minutes before it moves to an instance without its store.
    Map<String, String> eager = Map.of("acceptable.recovery.lag", "100000000");
    WindowFeed feed = feed(name);
    try (EventFlow flow = new EventFlow(cluster, name, feed).send(BACKLOG).start();
        WeirJvm one = weir(name, "one", eager)) {
      Flowing.await(cluster, name, one);
      try (WeirJvm two = weir(name, "two", eager)) {
        two.awaitOutput("in their windows, rebuilt in");
        Flowing.await(cluster, name, two);
        two.terminate();
        assertThat(two.exitCode()).as(two::toString).isZero();
      }
      verify(name, feed, flow.stop(), "windows: a second instance comes and goes", one);
    }
  }

  @Test
  void aStandbyTakesOverWithItsOwnCopyOfTheWindows() throws Exception {
    String name = "windows-standby";
    Map<String, String> standby =
        Map.of("num.standby.replicas", "1", "acceptable.recovery.lag", "100000000");
    WindowFeed feed = feed(name);
    try (EventFlow flow = new EventFlow(cluster, name, feed).send(BACKLOG).start();
        WeirJvm one = weir(name, "one", standby);
        WeirJvm two = weir(name, "two", standby)) {
      one.awaitOutput("in their windows, rebuilt in");
      two.awaitOutput("in their windows, rebuilt in");
      Flowing.await(cluster, name, one);
      one.kill();
      Flowing.await(cluster, name, two);
      verify(name, feed, flow.stop(), "windows: a standby takes over", two);
    }
  }

  private static WindowFeed feed(String name) throws Exception {
    cluster.createTopics(name, 2);
    return new WindowFeed(cluster, name, 2, model, GAP, SEED);
  }

  private static void verify(
      String name, WindowFeed feed, int events, String situation, WeirJvm last) throws Exception {
    try (Ledger ledger = new Ledger(cluster, name, feed, events)) {
      ledger.awaitComplete(last);
      last.terminate();
      assertThat(last.exitCode()).as(last::toString).isZero();
      ledger.toTheEnd().holds(situation, GUARANTEE);
    }
  }

  private static WeirJvm weir(String name, String instance, Map<String, String> more)
      throws Exception {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("weir.model.file", model.toString());
    settings.put("state.dir", directory.resolve(name + "-" + instance + "-state").toString());
    settings.put("commit.interval.ms", "200");
    settings.put("producer.transaction.timeout.ms", "3000");
    settings.put("weir.batch.max", "128");
    return WeirJvm.start(
        cluster.flags(name, settings), directory.resolve(name + "-" + instance + ".log"));
  }

  private static void delete(Path folder) throws Exception {
    List<Path> files = new ArrayList<>();
    try (var walk = Files.walk(folder)) {
      walk.forEach(files::addFirst);
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
