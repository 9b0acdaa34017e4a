package io.weir.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.OutsideCluster;
import io.weir.streams.fixture.WeirJvm;
import io.weir.streams.fixture.flow.EventFlow;
import io.weir.streams.fixture.flow.Ledger;
import io.weir.streams.fixture.flow.PaymentFeed;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A processor that was away for long: everything that waits is scored once, with a small heap.
///
/// `-Dweir.backlog.events=10000000` makes it longer.
@Timeout(1_800)
@ExtendWith(OutsideCluster.class)
class BacklogIT {
  private static final int EVENTS = Integer.getInteger("weir.backlog.events", 300_000);

  /// Heap, and about as much again for code, threads, ONNX Runtime and network buffers.
  private static final int HEAP_MIB = 256;

  private static final int MOST_MIB = 640;

  @TempDir static Path directory;
  private static Cluster cluster;

  @BeforeAll
  static void start(Cluster shared) {
    cluster = shared;
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void aLongBacklogIsScoredOnceWithASmallHeap(String guarantee) throws Exception {
    String name = "backlog-" + guarantee;
    cluster.createTopics(name, 4);
    PaymentFeed feed = new PaymentFeed(cluster, name, 4);
    Map<String, String> settings =
        Map.of("processing.guarantee", guarantee, "weir.progress.interval.ms", "1000");
    try (EventFlow flow = new EventFlow(cluster, name, feed).send(EVENTS);
        Ledger ledger = new Ledger(cluster, name, feed, flow.stop())) {
      long start = System.nanoTime();
      try (WeirJvm weir =
          WeirJvm.start(
              cluster.flags(name, settings),
              directory.resolve(name + ".log"),
              "-Xmx" + HEAP_MIB + "m",
              "-XX:TieredStopAtLevel=4")) {
        ledger.awaitComplete(weir);
        double seconds = (System.nanoTime() - start) / 1e9;
        long peak = weir.peakMemoryMib();
        weir.terminate();
        assertThat(weir.exitCode()).as(weir::toString).isZero();
        System.out.printf(
            Locale.ROOT,
            "BACKLOG | %s | %,d events | %.1f s from start to last score read | %,.0f /s | heap at"
                + " most %d MiB, resident at most %d MiB%n",
            guarantee,
            EVENTS,
            seconds,
            EVENTS / seconds,
            HEAP_MIB,
            peak);
        assertThat(peak).as("MiB resident").isLessThan(MOST_MIB);
        ledger.toTheEnd().holds("backlog", guarantee);
      }
    }
  }
}
