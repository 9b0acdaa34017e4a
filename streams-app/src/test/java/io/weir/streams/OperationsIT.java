package io.weir.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.streams.config.Settings;
import io.weir.streams.fixture.Await;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.Http;
import io.weir.streams.fixture.MonitoringFiles;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.Scrape;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a running application tells over HTTP.
@Timeout(300)
class OperationsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir static Path directory;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void metricsAgreeWithWhatWasProducedAndTheirNumberDoesNotGrow() throws Exception {
    cluster.createTopics("metered", 2);
    int schema = cluster.register("metered", Payments.SCHEMA);
    try (WeirApplication application = WeirApplication.start(settings("metered"))) {
      int port = application.httpPort().orElseThrow();
      produce("metered", schema, 0, 1_000);
      Scrape first = scored(port, 1_000);
      assertThat(first.value("weir_score_count")).isEqualTo(1_000);
      assertThat(first.value("weir_batch_size_sum")).isGreaterThanOrEqualTo(1_000);
      assertThat(first.value("weir_batch_size_count"))
          .isEqualTo(first.value("weir_inference_seconds_count"))
          .isBetween(1.0, 1_000.0);
      assertThat(first.by("severity", "weir_alerts_total"))
          .containsOnlyKeys("low", "medium", "high", "critical");
      // One event in ten is far out, and the letters are of three kinds.
      for (int i = 0; i < 30; i++) {
        byte[] bad = i % 3 == 0 ? null : new byte[i % 3 == 1 ? 0 : 9];
        if (bad != null && bad.length == 9) {
          bad[0] = 1;
        }
        send("metered", i, bad);
      }
      for (int i = 0; i < 100; i++) {
        send("metered", i, Payments.bytes(schema, Payments.of("p", 900 + i)));
      }
      produce("metered", schema, 5_000, 900);
      Scrape second = scored(port, 2_000);
      assertThat(total(second, "severity", "weir_alerts_total"))
          .isEqualTo(100)
          .isEqualTo(application.progress().alerts());
      assertThat(second.value("weir_score_count") - atMost(second, second.value("weir_threshold")))
          .as("events above the threshold")
          .isEqualTo(100);
      Map<String, Double> letters = second.by("reason", "weir_dead_letters_total");
      assertThat(letters)
          .containsEntry("TOMBSTONE", 10.0)
          .containsEntry("EMPTY", 10.0)
          .containsEntry("NO_MAGIC_BYTE", 10.0);
      assertThat(total(second, "reason", "weir_dead_letters_total")).isEqualTo(30);
      assertThat(second.of("weir_model_info").getFirst().labels())
          .containsEntry("name", "payments")
          .containsEntry("application", "metered-app")
          .hasEntrySatisfying("sha256", sha -> assertThat(sha).hasSize(64));
      assertThat(second.value("weir_ready")).isEqualTo(1);
      assertThat(own(second)).as("series of Weir's own").isEqualTo(own(first)).hasSizeLessThan(120);
    }
  }

  @Test
  void theMetricsThatDashboardAlertsAndDocumentationNameAreThere() throws Exception {
    cluster.createTopics("named", 1);
    int schema = cluster.register("named", Payments.SCHEMA);
    Set<String> named = new TreeSet<>(MonitoringFiles.dashboardMetrics());
    named.addAll(MonitoringFiles.ruleMetrics());
    named.addAll(MonitoringFiles.documentedMetrics());
    try (WeirApplication application = WeirApplication.start(settings("named"))) {
      int port = application.httpPort().orElseThrow();
      produce("named", schema, 0, 100);
      scored(port, 100);
      System.gc();
      Set<String> own = new TreeSet<>();
      Await.until(
          "every metric that is named anywhere",
          LONG,
          () -> {
            Set<String> missing = new TreeSet<>(named);
            missing.removeAll(Http.scrape(port).names());
            return missing;
          },
          Set::isEmpty);
      Http.scrape(port).types().keySet().stream()
          .filter(name -> name.startsWith("weir_"))
          .forEach(own::add);
      assertThat(MonitoringFiles.documentedFamilies())
          .as("the weir_* metrics of docs/monitoring.md")
          .containsExactlyInAnyOrderElementsOf(own);
    }
  }

  @Test
  void anyOtherPathOrMethodIsRefusedInPlainWords() throws Exception {
    cluster.createTopics("asked", 1);
    try (WeirApplication application = WeirApplication.start(settings("asked"))) {
      int port = application.httpPort().orElseThrow();
      assertThat(application.awaitRunning(LONG)).isTrue();
      for (String path : List.of("/", "/health", "/metrics/x", "/..%2f..%2fetc/passwd", "/x?y=z")) {
        HttpResponse<String> answer = Http.get(port, path);
        assertThat(answer.statusCode()).as(path).isIn(404, 400);
        assertThat(answer.body()).doesNotContainIgnoringCase("jetty").doesNotContain("\tat ");
      }
      assertThat(Http.get(port, "/nothing").body())
          .isEqualTo("There is /health/live, /health/ready, /metrics, /topology\n");
      for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH")) {
        assertThat(Http.send(method, port, "/health/live").statusCode()).as(method).isEqualTo(405);
      }
      for (String path : List.of("/health/live", "/health/ready", "/metrics", "/topology")) {
        HttpResponse<String> got = Http.get(port, path);
        HttpResponse<String> head = Http.send("HEAD", port, path);
        assertThat(got.statusCode()).as(path).isEqualTo(200);
        assertThat(head.statusCode()).as(path).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(got.headers().map().keySet())
            .as("headers that name software")
            .doesNotContain("server", "x-powered-by");
      }
      assertThat(Http.get(port, "/topology").body())
          .contains("Source: events (topics: [asked])")
          .contains("Sink: alerts (topic: asked-alerts)");
      assertThat(raw(port, "GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n"))
          .startsWith("HTTP/1.1 431")
          .doesNotContainIgnoringCase("jetty");
    }
  }

  @Test
  void livenessAndReadinessFollowTheProcessorFromStartToFailure() throws Exception {
    cluster.createTopics("watched", 1);
    WeirApplication first = WeirApplication.start(settings("watched"));
    try (WeirApplication surplus = WeirApplication.start(settings("watched"))) {
      int port = first.httpPort().orElseThrow();
      assertThat(first.awaitRunning(LONG)).isTrue();
      assertThat(surplus.awaitRunning(LONG)).isTrue();
      ready(port, 200);
      ready(surplus.httpPort().orElseThrow(), 200);
      first.close();
      assertThatThrownBy(() -> Http.get(port, "/health/live")).isInstanceOf(IOException.class);
      ready(surplus.httpPort().orElseThrow(), 200);
      delete("watched-scores");
      JsonNode body =
          Await.until(
              "a missing topic",
              LONG,
              () -> ready(surplus.httpPort().orElseThrow(), 503),
              answer -> answer.at("/conditions/running/met").asBoolean());
      assertThat(body.at("/conditions/topics/detail").asText())
          .isEqualTo("There is no scores topic watched-scores");
      assertThat(Http.get(surplus.httpPort().orElseThrow(), "/health/live").statusCode())
          .isEqualTo(200);
      delete("watched");
      surplus.awaitEnd();
      HttpResponse<String> live = Http.get(surplus.httpPort().orElseThrow(), "/health/live");
      assertThat(live.statusCode()).isEqualTo(503);
      assertThat(JSON.readTree(live.body()).get("reason").asText())
          .isEqualTo(surplus.failure().orElseThrow());
      assertThat(Http.scrape(surplus.httpPort().orElseThrow()).value("weir_ready")).isZero();
    }
  }

  @Test
  void whileAStartWaitsForBrokersItLivesAndIsNotReady() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Settings nobody =
        cluster.settings(
            "nobody",
            Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "weir.start.timeout.ms", "15000",
                "weir.http.port", String.valueOf(port)));
    FutureTask<WeirApplication> start = new FutureTask<>(() -> WeirApplication.start(nobody));
    Thread.ofPlatform().start(start);
    HttpResponse<String> live =
        Await.until(
            "an answer",
            LONG,
            () -> {
              try {
                return Http.get(port, "/health/live");
              } catch (ConnectException e) {
                return null;
              }
            },
            Objects::nonNull);
    assertThat(live.statusCode()).isEqualTo(200);
    JsonNode body = ready(port, 503);
    assertThat(body.at("/conditions/topics/detail").asText())
        .isEqualTo("not checked yet, the start goes on");
    assertThat(Http.get(port, "/topology").statusCode()).isEqualTo(503);
    assertThat(Http.scrape(port).value("weir_ready")).isZero();
    assertThatThrownBy(start::get).hasMessageContaining("No broker answered");
    assertThatThrownBy(() -> Http.get(port, "/health/live")).isInstanceOf(IOException.class);
  }

  private static JsonNode ready(int port, int status) throws Exception {
    HttpResponse<String> answer =
        Await.until(
            "status " + status,
            LONG,
            () -> Http.get(port, "/health/ready"),
            response -> response.statusCode() == status);
    return JSON.readTree(answer.body());
  }

  private static Scrape scored(int port, int events) throws Exception {
    return Await.until(
        events + " events scored",
        LONG,
        () -> Http.scrape(port),
        scrape -> scrape.value("weir_events_scored_total") == events);
  }

  private static double total(Scrape scrape, String label, String name) {
    return scrape.by(label, name).values().stream().mapToDouble(v -> v).sum();
  }

  private static double atMost(Scrape scrape, double bound) {
    return scrape.of("weir_score_bucket").stream()
        .filter(bucket -> bucket.labels().get("le").equals(Double.toString(bound)))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static Set<String> own(Scrape scrape) {
    Set<String> own = new TreeSet<>(scrape.series());
    own.removeIf(series -> !series.startsWith("weir_"));
    return own;
  }

  private static String raw(int port, String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(UTF_8));
      out.flush();
      byte[] answer = new byte[4_096];
      int read = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(read, 0), UTF_8);
    }
  }

  private static void delete(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
  }

  private static Settings settings(String name) {
    return cluster.settings(name, Map.of("weir.http.port", "0"));
  }

  private static void produce(String topic, int schema, int from, int count) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      for (int i = from; i < from + count; i++) {
        producer.send(
            new ProducerRecord<>(
                topic, ("k" + i).getBytes(UTF_8), Payments.bytes(schema, Payments.ordinary(i))));
      }
    }
  }

  private static void send(String topic, int i, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      producer.send(new ProducerRecord<>(topic, ("k" + i).getBytes(UTF_8), value)).get();
    }
  }
}
