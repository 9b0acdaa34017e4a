package io.weir.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.local.LocalRegistry;
import io.weir.schemas.event.Alert;
import io.weir.streams.command.VerifyCommand;
import io.weir.streams.config.Settings;
import io.weir.streams.fixture.Await;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.OutsideCluster;
import io.weir.streams.fixture.TinyModel;
import io.weir.streams.fixture.TinyWindowModel;
import io.weir.streams.fixture.flow.EventFlow;
import io.weir.streams.fixture.flow.Feed;
import io.weir.streams.fixture.flow.PaymentFeed;
import io.weir.streams.fixture.flow.WindowFeed;
import io.weir.streams.ops.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Alerts of a live processor, computed again from what the broker holds.
///
/// `-Dweir.receipts=10000` verifies so many alerts of each model.
@Timeout(900)
@ExtendWith(OutsideCluster.class)
class ReceiptsIT {
  private static final int RECEIPTS = Integer.getInteger("weir.receipts", 300);
  private static final long GAP = 1_000;

  @TempDir static Path directory;
  private static Cluster cluster;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start(Cluster shared) {
    cluster = shared;
  }

  @Test
  void everyAlertOfSingleEventsHasTheSameBits() throws Exception {
    String name = "receipts";
    cluster.createTopics(name, 2);
    Settings settings = cluster.settings(name, Map.of());
    // One in a hundred is anomalous, one in a thousand no event.
    List<Alert> alerts = live(name, new PaymentFeed(cluster, name, 2), 101 * RECEIPTS, settings);
    verifiesAll(settings, "dense");
    falsifiedAlertsDiffer(settings, alerts);
    whatIsMissingIsSaid(settings, alerts);
  }

  @Test
  void everyAlertOfWindowsHasTheSameBits() throws Exception {
    String name = "window-receipts";
    Path model = TinyWindowModel.lstm(6, GAP).write(directory.resolve("windows.onnx"));
    cluster.createTopics(name, 2);
    Settings settings =
        cluster.settings(
            name,
            Map.of(
                "weir.model.file", model.toString(),
                "state.dir", directory.resolve("state").toString(),
                // Every score is an alert: all windows are verified, after gaps and late events.
                "weir.threshold", "value:-1"));
    WindowFeed feed = new WindowFeed(cluster, name, 2, model, GAP, 1);
    List<Alert> alerts = live(name, feed, 4_000 + 2 * RECEIPTS, settings);
    assertThat(alerts).allMatch(alert -> alert.getWindowEvents() == 6);
    verifiesAll(settings, "LSTM");
    Alert last = alerts.getLast();
    delete(name, last.getPartition(), last.getOffset());
    assertThat(verify(settings, List.of(json(last)))).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("CANNOT ")
        .contains("5 of the 6 events of its window are gone")
        .contains("begins at offset " + last.getOffset());
  }

  @Test
  void everyAlertOfPaddedWindowsHasTheSameBits() throws Exception {
    String name = "padded-receipts";
    Path model = TinyWindowModel.of(6, GAP).padded().write(directory.resolve("padded.onnx"));
    cluster.createTopics(name, 2);
    Settings settings =
        cluster.settings(
            name,
            Map.of(
                "weir.model.file", model.toString(),
                "state.dir", directory.resolve("padded-state").toString(),
                "weir.threshold", "value:-1"));
    WindowFeed feed = new WindowFeed(cluster, name, 2, model, GAP, 2);
    List<Alert> alerts = live(name, feed, 4_000 + 2 * RECEIPTS, settings);
    assertThat(alerts.stream().map(Alert::getWindowEvents).distinct())
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
    verifiesAll(settings, "padded windows");
  }

  private List<Alert> live(String name, Feed feed, int events, Settings settings) throws Exception {
    try (EventFlow flow = new EventFlow(cluster, name, feed)) {
      flow.send(events);
    }
    try (WeirApplication application = WeirApplication.start(settings)) {
      Await.until(
          "every event",
          Duration.ofMinutes(5),
          () -> {
            Progress.Counts counts = application.progress();
            return counts.events() + counts.warmingUp() + counts.bad();
          },
          done -> done >= events || application.failure().isPresent());
      application.end();
      List<Alert> alerts = new ArrayList<>();
      cluster
          .read(
              name + "-alerts",
              cluster.officialDeserializer(),
              r -> r.size() >= application.progress().alerts())
          .forEach(record -> alerts.add((Alert) record.value()));
      assertThat(application.failure()).isEmpty();
      assertThat(alerts).hasSizeGreaterThanOrEqualTo(Math.min(RECEIPTS, 300));
      return alerts;
    }
  }

  private void verifiesAll(Settings settings, String what) {
    long start = System.nanoTime();
    VerifyCommand.Request all = request(List.of(), List.of(), RECEIPTS, List.of(), List.of());
    assertThat(run(settings, all)).as(() -> out + "\n" + err).isZero();
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(out.toString())
        .contains(
            "%,d alerts: %,d verified, 0 differ, 0 cannot be verified"
                .formatted(RECEIPTS, RECEIPTS))
        .doesNotContain("within");
    System.out.printf("Receipts, %s: %,d verified in %.1f s%n", what, RECEIPTS, seconds);
  }

  private void falsifiedAlertsDiffer(Settings settings, List<Alert> alerts) throws Exception {
    Alert honest = alerts.getFirst();
    float higher = Math.nextUp(honest.getScore());
    assertThat(verify(settings, List.of(json(honest)))).isZero();
    assertThat(verify(settings, List.of(json(honest, "score", higher)))).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("DIFFERS ")
        .contains("score: " + higher + " in the alert, " + honest.getScore() + " computed")
        .doesNotContain("kl_divergence");
    assertThat(verify(settings, List.of(json(honest, "kl_divergence", 0.5f)))).isEqualTo(1);
    assertThat(out.toString()).startsWith("DIFFERS ").contains("kl_divergence: 0.5 in the alert");
    assertThat(verify(settings, List.of(json(honest, "key", "k-other")))).isEqualTo(1);
    assertThat(out.toString()).startsWith("DIFFERS ").contains("key: the alert's \"k-other\"");
    assertThat(verify(settings, List.of(json(honest, "id", "0")))).isEqualTo(1);
    assertThat(out.toString()).startsWith("DIFFERS ").contains("id: 0 in the alert");
    assertThat(verify(settings, List.of(json(honest, "window_events", 2)))).isEqualTo(1);
    assertThat(out.toString()).startsWith("DIFFERS ").contains("the model looks at 1");

    Map<String, Object> elsewhere = fields(honest);
    elsewhere.put("runtime", "onnxruntime 1.20.0, aarch64");
    elsewhere.put("score", higher);
    assertThat(verify(settings, List.of(new ObjectMapper().writeValueAsString(elsewhere))))
        .isZero();
    assertThat(out.toString())
        .startsWith("VERIFIED ")
        .contains("within 1e-05, not bit for bit: computed by onnxruntime 1.20.0, aarch64");
    elsewhere.put("score", honest.getScore() * 1.001f);
    assertThat(verify(settings, List.of(new ObjectMapper().writeValueAsString(elsewhere))))
        .isEqualTo(1);
  }

  private void whatIsMissingIsSaid(Settings settings, List<Alert> alerts) throws Exception {
    Alert alert = alerts.getFirst();
    String name = alert.getTopic();
    assertThat(verify(settings, List.of("{\"topic\": 1"))).isEqualTo(1);
    assertThat(err.toString()).contains("ALERT line 1: it is no JSON");
    assertThat(verify(settings, List.of(json(alert, "partition", 7)))).isEqualTo(1);
    assertThat(out.toString()).startsWith("CANNOT ").contains("none with the number 7");
    assertThat(verify(settings, List.of(json(alert, "topic", "nowhere")))).isEqualTo(1);
    assertThat(out.toString()).startsWith("CANNOT ").contains("there is no topic nowhere");

    Path other = TinyModel.write(Files.createDirectories(directory.resolve("other")));
    Files.write(other, TinyWindowModel.of(3, null).bytes());
    Settings otherModel = cluster.settings(name, Map.of("weir.model.file", other.toString()));
    assertThat(verify(otherModel, List.of(json(alert)))).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("CANNOT ")
        .contains("no model with SHA-256 " + alert.getModelSha256() + ": " + other + " is ");
    assertThat(
            run(
                otherModel,
                request(
                    List.of(json(alert)),
                    List.of(),
                    Long.MAX_VALUE,
                    List.of(),
                    List.of(settings.model().getParent()))))
        .as("found in a folder")
        .isZero();
    assertThat(
            run(
                settings,
                request(List.of(), List.of(alert.getId(), "absent"), 9, List.of(), List.of())))
        .isEqualTo(1);
    assertThat(out.toString()).contains("VERIFIED ").contains("1 cannot be verified");
    assertThat(err.toString()).contains("There is no alert with the id absent in");

    try (LocalRegistry empty = LocalRegistry.start(0)) {
      Settings elsewhere = cluster.settings(name, Map.of("weir.schema.registry.url", empty.url()));
      assertThat(verify(elsewhere, List.of(json(alert)))).isEqualTo(1);
      assertThat(out.toString())
          .startsWith("CANNOT ")
          .containsPattern(Pattern.compile("UNKNOWN_SCHEMA_ID: the registry has no schema \\d+"));
    }
    delete(name, alert.getPartition(), alert.getOffset() + 1);
    assertThat(verify(settings, List.of(json(alert)))).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("CANNOT ")
        .contains("the event is older than what the topic keeps")
        .contains("1 alerts: 0 verified, 0 differ, 1 cannot be verified");
  }

  private static void delete(String topic, int partition, long before) throws Exception {
    try (Admin admin = cluster.admin()) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
          .all()
          .get();
    }
  }

  private int verify(Settings settings, List<String> alerts) {
    return run(settings, request(alerts, List.of(), Long.MAX_VALUE, List.of(), List.of()));
  }

  private int run(Settings settings, VerifyCommand.Request request) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return WeirReceipts.run(settings, request, new PrintWriter(out), new PrintWriter(err));
  }

  private static VerifyCommand.Request request(
      List<String> alerts, List<String> ids, long limit, List<Path> models, List<Path> folders) {
    return new VerifyCommand.Request(
        alerts, ids, Optional.empty(), limit, models, folders, 1_000_000, false);
  }

  private static String json(Alert alert) throws Exception {
    return new ObjectMapper().writeValueAsString(fields(alert));
  }

  private static String json(Alert alert, String field, Object value) throws Exception {
    Map<String, Object> fields = fields(alert);
    fields.put(field, value);
    return new ObjectMapper().writeValueAsString(fields);
  }

  private static Map<String, Object> fields(Alert alert) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", alert.getId());
    fields.put("topic", alert.getTopic());
    fields.put("partition", alert.getPartition());
    fields.put("offset", alert.getOffset());
    fields.put("key", UTF_8.decode(alert.getKey().duplicate()).toString());
    fields.put("event_time", alert.getEventTime().toEpochMilli());
    fields.put("model_sha256", alert.getModelSha256());
    fields.put("score", alert.getScore());
    fields.put("reconstruction_loss", alert.getReconstructionLoss());
    fields.put("kl_divergence", alert.getKlDivergence());
    fields.put("window_events", alert.getWindowEvents());
    fields.put("runtime", alert.getRuntime());
    return fields;
  }
}
