package io.weir.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.FailingRegistry;
import io.weir.streams.fixture.OutsideCluster;
import io.weir.streams.fixture.WeirJvm;
import io.weir.streams.fixture.flow.EventFlow;
import io.weir.streams.fixture.flow.Ledger;
import io.weir.streams.fixture.flow.PaymentFeed;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The schema registry does not answer: at the start, while events wait for a schema, and for so
/// long that the group gives the partitions away.
@Timeout(300)
@ExtendWith(OutsideCluster.class)
class RegistryIT {
  private static final int EVENTS = 20_000;

  @TempDir static Path directory;
  private static Cluster cluster;

  @BeforeAll
  static void start(Cluster shared) {
    cluster = shared;
  }

  @Test
  void aStartWaitsForTheRegistryAndThenSaysThatItIsAway() throws Exception {
    String name = "registry-away";
    cluster.createTopics(name, 1);
    try (FailingRegistry registry = new FailingRegistry(cluster.registryUrl())) {
      registry.answer(503);
      Map<String, String> settings = Map.of("weir.start.timeout.ms", "2000");
      try (WeirJvm weir = weir(name, "at_least_once", registry, settings)) {
        assertThat(weir.exitCode()).as(weir::toString).isEqualTo(1);
        assertThat(weir.output())
            .contains("The schema registry " + registry.url() + " did not answer within 2000 ms")
            .contains("check weir.schema.registry.url")
            .doesNotContain("\tat ");
      }
      try (WeirJvm weir = weir(name, "at_least_once", registry, Map.of())) {
        int refused = registry.refused();
        while (registry.refused() == refused) {
          assertThat(weir.isAlive()).as(weir::toString).isTrue();
          Thread.sleep(50);
        }
        registry.answer(200);
        weir.awaitOutput("is RUNNING");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void anOutageLongerThanAllowedStopsTheProcessorAndTheNextStartGoesOn(String guarantee)
      throws Exception {
    String name = "registry-gone-" + guarantee;
    cluster.createTopics(name, 4);
    PaymentFeed feed = new PaymentFeed(cluster, name, 4);
    try (EventFlow flow = new EventFlow(cluster, name, feed);
        FailingRegistry registry = new FailingRegistry(cluster.registryUrl())) {
      Map<String, String> brief = Map.of("weir.schema.registry.outage.max.ms", "500");
      try (WeirJvm weir = weir(name, guarantee, registry, brief)) {
        weir.awaitOutput("is RUNNING");
        registry.answer(503);
        flow.send(EVENTS);
        assertThat(weir.exitCode()).as(weir::toString).isEqualTo(1);
        assertThat(weir.output())
            .contains("The schema registry gave no schema")
            .contains("Nothing is lost")
            .doesNotContain("\tat ");
      }
      try (WeirJvm weir = weir(name, guarantee, registry, Map.of())) {
        registry.answer(200);
        end(name, feed, flow.stop(), "registry away for longer than allowed", guarantee, weir);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void waitsThatAddUpToMoreThanMaxPollIntervalDelayAndLoseNothing(String guarantee)
      throws Exception {
    String name = "registry-slow-" + guarantee;
    cluster.createTopics(name, 4);
    PaymentFeed feed = new PaymentFeed(cluster, name, 4);
    Map<String, String> settings =
        Map.of("max.poll.interval.ms", "1500", "weir.schema.registry.outage.max.ms", "1000");
    try (EventFlow flow = new EventFlow(cluster, name, feed);
        FailingRegistry registry = new FailingRegistry(cluster.registryUrl());
        WeirJvm weir = weir(name, guarantee, registry, settings)) {
      weir.awaitOutput("is RUNNING");
      registry.slow(2_000);
      flow.send(EVENTS);
      weir.awaitOutput("poll timeout has expired");
      end(name, feed, flow.stop(), "registry slower than max.poll.interval.ms", guarantee, weir);
    }
  }

  private static void end(
      String name, PaymentFeed feed, int events, String situation, String guarantee, WeirJvm weir)
      throws Exception {
    try (Ledger ledger = new Ledger(cluster, name, feed, events)) {
      ledger.awaitComplete(weir);
      weir.terminate();
      assertThat(weir.exitCode()).as(weir::toString).isZero();
      ledger.toTheEnd().holds(situation, guarantee);
    }
    assertThat(weir.output()).doesNotContain("\tat ");
  }

  private static WeirJvm weir(
      String name, String guarantee, FailingRegistry registry, Map<String, String> more)
      throws Exception {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("processing.guarantee", guarantee);
    settings.put("weir.schema.registry.url", registry.url());
    return WeirJvm.start(cluster.flags(name, settings), directory.resolve(name + ".log"));
  }
}
