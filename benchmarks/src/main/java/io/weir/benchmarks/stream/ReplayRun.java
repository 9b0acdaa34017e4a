package io.weir.benchmarks.stream;

import io.weir.benchmarks.ChildJvm;
import io.weir.schemas.event.Alert;
import io.weir.schemas.json.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Replays of what a live run scored, and readings of the same topic, each in a JVM of its own.
final class ReplayRun {
  /// Bytes before the Avro record in Confluent's wire format.
  private static final int HEADER = 5;

  private final Path directory;
  private final BenchmarkCluster cluster;
  private final StreamRun live;
  private final long events;

  ReplayRun(Path directory, BenchmarkCluster cluster, StreamRun live, long events) {
    this.directory = directory;
    this.cluster = cluster;
    this.live = live;
    this.events = events;
  }

  /// Replays a live run.
  ///
  /// @param id of the live run
  /// @return events per second
  /// @throws IOException if the alerts are not the live ones
  double replay(int threads, String id) throws IOException, InterruptedException {
    Path out = directory.resolve("replay-" + id);
    double rate = run("replay", id, threads, out);
    List<String> expected = liveAlerts("alerts-" + id);
    List<String> found = sorted(Files.readAllLines(out.resolve("alerts.jsonl")));
    if (!found.equals(expected)) {
      throw new IOException(
          "The replay of %s gave %d alerts, the live run %d, or others: the run does not count"
              .formatted(id, found.size(), expected.size()));
    }
    return rate;
  }

  /// Reads the topic and does nothing else.
  double read(int threads) throws IOException, InterruptedException {
    return run(
        "read",
        new Setup(Mode.ALERTS, threads, Setup.AT_LEAST_ONCE).id(1),
        threads,
        directory.resolve("unused"));
  }

  private double run(String what, String id, int threads, Path out)
      throws IOException, InterruptedException {
    List<String> lines =
        ChildJvm.run(
            directory.resolve(what + ".log"),
            List.of("-Xmx2g", "-XX:+UseG1GC"),
            ReplayWorker.class,
            List.of(
                what,
                live.settings(id).toString(),
                Long.toString(events),
                Integer.toString(threads),
                out.toString()));
    return Double.parseDouble(lines.getLast());
  }

  private List<String> liveAlerts(String topic) throws IOException {
    List<String> lines = new ArrayList<>();
    GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(Alert.getClassSchema());
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer = cluster.consumer(topic)) {
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          byte[] value = record.value();
          lines.add(
              EventJson.line(
                  reader.read(
                      null,
                      DecoderFactory.get()
                          .binaryDecoder(value, HEADER, value.length - HEADER, null))));
        }
      }
    }
    return sorted(lines);
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream()
        .map(line -> line.replaceFirst("\"replay_id\":(null|\"[^\"]*\")", "\"replay_id\":?"))
        .sorted()
        .toList();
  }
}
