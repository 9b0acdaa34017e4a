package io.weir.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.Http;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.Scrape;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a running application tells over HTTP.
@Timeout(180)
class OperationsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

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
      produce("metered", schema, 1_000, 0);
      cluster.scores("metered", 1_000);
      Scrape first = Http.scrape(port);
      assertThat(first.value("weir_events_scored_total")).isEqualTo(1_000);
      assertThat(first.value("weir_score_count")).isEqualTo(1_000);
      assertThat(first.by("severity", "weir_alerts_total").values().stream().mapToDouble(v -> v))
          .isNotEmpty();
      java.nio.file.Files.writeString(
          Path.of("/tmp/h-ops/scrape1.txt"), Http.get(port, "/metrics").body());
      Thread.sleep(15_000);
      java.nio.file.Files.writeString(
          Path.of("/tmp/h-ops/scrape2.txt"), Http.get(port, "/metrics").body());
      for (String p : List.of("/health/live", "/health/ready", "/topology", "/x", "/")) {
        HttpResponse<String> r = Http.get(port, p);
        System.out.println(p + " " + r.statusCode() + " " + r.headers().map() + "\n" + r.body());
      }
      for (String m : List.of("HEAD", "POST", "DELETE", "OPTIONS", "TRACE")) {
        HttpResponse<String> r = Http.send(m, port, "/health/ready");
        System.out.println(m + " " + r.statusCode() + " " + r.headers().map() + "\n" + r.body());
      }
    }
  }

  private static io.weir.streams.config.Settings settings(String name) {
    return cluster.settings(name, Map.of("weir.http.port", "0"));
  }

  private static void produce(String topic, int schema, int count, int from) {
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      for (int i = from; i < from + count; i++) {
        producer.send(
            new ProducerRecord<>(
                topic, ("k" + i).getBytes(UTF_8), Payments.bytes(schema, Payments.ordinary(i))));
      }
    }
  }
}
