package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.weir.demo.source.FileSource;
import io.weir.demo.source.PaymentSource;
import io.weir.demo.stream.ChildApplication;
import io.weir.demo.stream.EventProducer;
import io.weir.demo.tell.Summary;
import io.weir.demo.tell.Terminal;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.Score;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A CSV file trains, the real stream processor scores the rest of it: on a real broker, through
/// the official Confluent clients.
class WholePathIT {
  private static final int ROWS = 6_000;

  @TempDir private static Path directory;
  private static Platform platform;
  private static Path rest;
  private static Summary summary;
  private static DemoSettings settings;

  @BeforeAll
  static void trainAndStream() throws Exception {
    Path file = directory.resolve("payments.csv");
    new PaymentSource(3, ROWS).writeHistory(file);
    rest = secondHalf(file);
    settings =
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
    Terminal silent = new Terminal(new PrintStream(new ByteArrayOutputStream()), false);
    try (FileSource source = new FileSource(file, "fraud", List.of(), 0.5);
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

  @AfterAll
  static void stop() {
    if (platform != null) {
      platform.close();
    }
  }

  @Test
  void theScoresTopicHoldsTheScoresOfTheScoreCommandBitForBit() throws IOException {
    Map<Long, String> streamed = new TreeMap<>();
    for (ConsumerRecord<byte[], Score> record : read(Platform.SCORES, Score.class)) {
      Score score = record.value();
      String before =
          streamed.put(
              event(record),
              "%s,%s,%s"
                  .formatted(
                      score.getScore(), score.getReconstructionLoss(), score.getKlDivergence()));
      assertThat(before).as("one score per event").isNull();
    }

    assertThat(streamed).hasSize(ROWS / 2).isEqualTo(scoreCommand());
  }

  @Test
  void anAlertIsReadByTheOfficialDeserializerAndSaysWhy() {
    List<ConsumerRecord<byte[], Alert>> alerts = read(Platform.ALERTS, Alert.class);

    assertThat(alerts).hasSize((int) summary.tally().alerts()).isNotEmpty();
    assertThat(alerts)
        .allSatisfy(
            record -> {
              Alert alert = record.value();
              assertThat((double) alert.getScore()).isGreaterThan(alert.getThreshold());
              assertThat(alert.getThresholdPolicy().toString()).isEqualTo("quantile:0.99");
              assertThat(alert.getRarity()).isGreaterThanOrEqualTo(100 * (1 - 1e-6));
              assertThat(alert.getFeatures()).isNotEmpty();
              assertThat(alert.getFeatures().getFirst().getContribution()).isPositive();
            });
    assertThat(alerts)
        .extracting(record -> record.value().getId().toString())
        .doesNotHaveDuplicates();
  }

  @Test
  void noEventIsLostToTheDeadLetters() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", platform.bootstrap()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      assertThat(consumer.endOffsets(partitions(consumer, Platform.DEAD_LETTERS)).values())
          .containsOnly(0L);
    }
  }

  private static Path secondHalf(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> half = new ArrayList<>(List.of(lines.getFirst()));
    half.addAll(lines.subList(1 + ROWS / 2, lines.size()));
    return Files.write(directory.resolve("rest.csv"), half);
  }

  /// By row number: `score,reconstruction_loss,kl_divergence`, each float in its shortest form,
  /// which is as good as its bits.
  private static Map<Long, String> scoreCommand() throws IOException {
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

  private static <T> List<ConsumerRecord<byte[], T>> read(String topic, Class<T> type) {
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

  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }
}
