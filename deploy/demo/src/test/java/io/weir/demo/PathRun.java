package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.weir.demo.source.FileSource;
import io.weir.demo.stream.ChildApplication;
import io.weir.demo.stream.EventProducer;
import io.weir.demo.tell.Summary;
import io.weir.demo.tell.Terminal;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.event.Score;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The first half of a CSV file trains, the real stream processor scores the second: on a real
/// broker, through the official Confluent clients. The broker stays up until closed.
final class PathRun implements AutoCloseable {
  private final Path directory;
  private final DemoSettings settings;
  private final Path rest;
  private Platform platform;
  private Summary summary;

  private PathRun(Path directory, Path file) throws IOException {
    this.directory = directory;
    this.settings =
        new DemoSettings(
            true,
            Long.MAX_VALUE,
            0,
            0,
            false,
            directory,
            false,
            true,
            0,
            0,
            null,
            3,
            "quantile:0.99",
            5);
    this.rest = secondHalf(file);
  }

  /// @param directory empty
  /// @param file one record per line, also .gz
  static PathRun of(Path directory, Path file, String label) throws IOException {
    PathRun run = new PathRun(directory, file);
    try {
      run.run(file, label);
      return run;
    } catch (IOException | RuntimeException e) {
      run.close();
      throw e;
    }
  }

  private void run(Path file, String label) throws IOException {
    Terminal silent = new Terminal(new PrintStream(new ByteArrayOutputStream()), false);
    try (FileSource source = new FileSource(file, label, List.of(), 0.5);
        StopSignal stop = new StopSignal(() -> {})) {
      source.writeHistory(settings.history());
      ModelCard card = Training.run(settings, source, silent);
      source.trained(settings.model());
      platform = Platform.start(settings, source.name());
      ProcessorProperties.write(settings, platform, source.name());
      try (ChildApplication child =
          ChildApplication.start(settings.properties(), settings.applicationLog())) {
        summary =
            new LiveStream(source, settings, card, child, stop, silent)
                .run(platform, source.name());
      }
    }
  }

  private Path secondHalf(Path file) throws IOException {
    List<String> lines;
    try (InputStream in = Files.newInputStream(file);
        InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
      lines = new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    List<String> half = new ArrayList<>(List.of(lines.getFirst()));
    half.addAll(lines.subList(1 + (lines.size() - 1) / 2, lines.size()));
    return Files.write(directory.resolve("rest.csv"), half);
  }

  Summary summary() {
    return summary;
  }

  /// Number of rows that streamed.
  int streamed() throws IOException {
    return Files.readAllLines(rest).size() - 1;
  }

  /// The scores topic by event number: `score,reconstruction_loss,kl_divergence`, each float in its
  /// shortest form, which is as good as its bits.
  Map<Long, String> scoresTopic() {
    Map<Long, String> scores = new TreeMap<>();
    for (ConsumerRecord<byte[], Score> record : read(Platform.SCORES, Score.class)) {
      Score score = record.value();
      String before =
          scores.put(
              event(record),
              "%s,%s,%s"
                  .formatted(
                      score.getScore(), score.getReconstructionLoss(), score.getKlDivergence()));
      assertThat(before).as("one score per event").isNull();
    }
    return scores;
  }

  /// What `weir score` says to the same rows, in the same form.
  Map<Long, String> scoreCommand() throws IOException {
    Path csv = directory.resolve("scores.csv");
    PrintWriter messages = new PrintWriter(System.err, true);
    int exit =
        io.weir.trainer.Main.run(
            messages,
            messages,
            "score",
            "--model",
            settings.model().toString(),
            "--data",
            rest.toString(),
            "--out",
            csv.toString());
    assertThat(exit).isZero();
    Map<Long, String> scores = new TreeMap<>();
    List<String> lines = Files.readAllLines(csv);
    for (String line : lines.subList(1, lines.size())) {
      int comma = line.indexOf(',');
      scores.put(Long.valueOf(line.substring(0, comma)), line.substring(comma + 1));
    }
    return scores;
  }

  private static long event(ConsumerRecord<?, ?> record) {
    byte[] number = record.headers().lastHeader(EventProducer.NUMBER_HEADER).value();
    return Long.parseLong(new String(number, StandardCharsets.US_ASCII));
  }

  /// All records of a topic, by the official deserializer.
  <T> List<ConsumerRecord<byte[], T>> read(String topic, Class<T> type) {
    List<ConsumerRecord<byte[], T>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], T> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                platform.bootstrap(),
                "key.deserializer",
                ByteArrayDeserializer.class,
                "value.deserializer",
                KafkaAvroDeserializer.class,
                "schema.registry.url",
                platform.registry(),
                "specific.avro.reader",
                true))) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!consumer.endOffsets(partitions).entrySet().stream()
          .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    assertThat(records).allSatisfy(record -> assertThat(record.value()).isInstanceOf(type));
    return records;
  }

  /// Number of records in the dead-letter topic.
  long deadLetters() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", platform.bootstrap()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      return consumer.endOffsets(partitions(consumer, Platform.DEAD_LETTERS)).values().stream()
          .mapToLong(end -> end)
          .sum();
    }
  }

  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  @Override
  public void close() {
    if (platform != null) {
      platform.close();
    }
  }
}
