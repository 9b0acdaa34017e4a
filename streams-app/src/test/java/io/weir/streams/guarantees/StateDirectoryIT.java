package io.weir.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.Mount;
import io.weir.streams.fixture.OutsideCluster;
import io.weir.streams.fixture.TinyWindowModel;
import io.weir.streams.fixture.WeirJvm;
import io.weir.streams.fixture.flow.EventFlow;
import io.weir.streams.fixture.flow.Feed;
import io.weir.streams.fixture.flow.Ledger;
import io.weir.streams.fixture.flow.PaymentFeed;
import io.weir.streams.fixture.flow.WindowFeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `state.dir` cannot be written: it is a file, read-only, or full. Full and read-only ones are
/// mounted, which root may on Linux only: elsewhere these tests are skipped.
@Timeout(300)
@ExtendWith(OutsideCluster.class)
class StateDirectoryIT {
  private static final long GAP = 1_000;

  @TempDir static Path directory;
  private static Cluster cluster;
  private static Path model;

  @BeforeAll
  static void start(Cluster shared) throws Exception {
    cluster = shared;
    model = TinyWindowModel.lstm(6, GAP).write(directory.resolve("windows.onnx"));
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsRefusedAtTheStart() throws Exception {
    String name = "state-file";
    cluster.createTopics(name, 2);
    Path file = Files.writeString(directory.resolve("a-file"), "mine");
    refused(name, file, "Not a directory");
  }

  @Test
  void aReadOnlyDirectoryIsRefusedAtTheStart() throws Exception {
    String name = "state-read-only";
    cluster.createTopics(name, 2);
    assumeTrue(Mount.possible(), "only root on Linux can mount a read-only directory");
    try (Mount mount = Mount.readOnly(directory.resolve("read-only"))) {
      refused(name, mount.path(), "Read-only file system");
    }
  }

  @Test
  void aModelOfSingleEventsKeepsNothingThere() throws Exception {
    String name = "state-unused";
    cluster.createTopics(name, 2);
    PaymentFeed feed = new PaymentFeed(cluster, name, 2);
    Path file = Files.writeString(directory.resolve("not-used"), "mine");
    try (EventFlow flow = new EventFlow(cluster, name, feed).send(10_000);
        WeirJvm weir =
            WeirJvm.start(
                cluster.flags(
                    name,
                    Map.of(
                        "state.dir", file.toString(), "processing.guarantee", "exactly_once_v2")),
                directory.resolve(name + ".log"))) {
      end(name, feed, flow.stop(), "state directory unusable, single events", weir);
    }
  }

  @Test
  void aDiskThatFillsUpMakesEventsWaitAndNothingIsLost() throws Exception {
    String name = "state-full";
    cluster.createTopics(name, 2);
    assumeTrue(Mount.possible(), "only root on Linux can mount a small directory");
    WindowFeed feed = new WindowFeed(cluster, name, 2, model, GAP, 1);
    try (Mount mount = Mount.small(directory.resolve("small"), "1m");
        EventFlow flow = new EventFlow(cluster, name, feed).send(1_000)) {
      try (WeirJvm weir = windows(name, mount.path())) {
        weir.awaitOutput("in their windows, rebuilt in");
        mount.fill();
        flow.send(50_000);
        weir.awaitOutput("state.dir = " + mount.path() + " cannot keep the state (");
        assertThat(weir.output())
            .contains("Free some, or set state.dir to another; nothing is lost");
        weir.kill();
        refused(name, mount.path(), "No space left on device");
      }
      try (WeirJvm weir = windows(name, directory.resolve("another-state"))) {
        end(name, feed, flow.stop(), "windows: state directory full, then another", weir);
      }
    }
  }

  private static void refused(String name, Path state, String reason) throws Exception {
    try (WeirJvm weir = windows(name, state)) {
      assertThat(weir.exitCode()).as(weir::toString).isEqualTo(1);
      assertThat(weir.output())
          .contains("state.dir = " + state + " cannot keep the state (")
          .contains(reason)
          .doesNotContain("\tat ");
    }
  }

  private static void end(String name, Feed feed, int events, String situation, WeirJvm weir)
      throws Exception {
    try (Ledger ledger = new Ledger(cluster, name, feed, events)) {
      ledger.awaitComplete(weir);
      weir.terminate();
      assertThat(weir.exitCode()).as(weir::toString).isZero();
      ledger.toTheEnd().holds(situation, "exactly_once_v2");
    }
  }

  private static WeirJvm windows(String name, Path state) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("weir.model.file", model.toString());
    settings.put("state.dir", state.toString());
    settings.put("commit.interval.ms", "200");
    settings.put("producer.transaction.timeout.ms", "3000");
    return WeirJvm.start(cluster.flags(name, settings), directory.resolve(name + ".log"));
  }
}
