package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.weir.detector.Detector;
import io.weir.local.LocalRegistry;
import io.weir.schemas.card.ThresholdPolicy;
import io.weir.schemas.features.FeatureSpec;
import io.weir.streams.decode.EventDecoder;
import io.weir.streams.decode.RegistryClients;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.infer.LookAhead;
import io.weir.streams.infer.PolledRecordsInterceptor;
import io.weir.streams.infer.RowJudge;
import io.weir.streams.infer.ThreadScorer;
import io.weir.streams.judge.Judge;
import io.weir.trainer.Main;
import io.weir.trainer.config.Preset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every preset, trained by the command, scores Avro events the way the stream processor does,
/// ahead and in batches, with the bits of `weir score`.
class PresetServingTest {
  private static final int ROWS = 300;
  private static final int BATCH = 64;
  private static final TopicPartition PARTITION = new TopicPartition("flows", 0);

  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Flow", "fields": [
                {"name": "bytes", "type": "double"},
                {"name": "packets", "type": "double"},
                {"name": "seconds", "type": "double"},
                {"name": "encrypted", "type": "boolean"},
                {"name": "protocol", "type": "string"},
                {"name": "attack", "type": "int"}
              ]}\
              """);

  @TempDir static Path directory;
  private static Path rows;
  private static LocalRegistry registry;
  private static SchemaRegistryClient client;
  private static List<byte[]> events;

  @BeforeAll
  static void writeRowsAndEvents() throws Exception {
    registry = LocalRegistry.start(0);
    client = RegistryClients.open(List.of(registry.url()), Map.of());
    int id = client.register("flows-value", new AvroSchema(SCHEMA));
    Random random = new Random(5);
    StringBuilder csv = new StringBuilder("bytes,packets,seconds,encrypted,protocol,attack\n");
    events = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      GenericRecord flow = flow(row % 10 == 9, random);
      csv.append(
          "%s,%s,%s,%s,%s,%s\n"
              .formatted(
                  flow.get("bytes"),
                  flow.get("packets"),
                  flow.get("seconds"),
                  flow.get("encrypted"),
                  flow.get("protocol"),
                  flow.get("attack")));
      events.add(bytes(id, flow));
    }
    rows = Files.writeString(directory.resolve("flows.csv"), csv);
  }

  @AfterAll
  static void close() throws IOException {
    client.close();
    registry.close();
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void scoresTheStreamWithTheBitsOfTheCommand(Preset preset) throws Exception {
    Path model = directory.resolve(preset.label() + ".onnx");
    List<String> train =
        new ArrayList<>(
            List.of(
                "train",
                "--data=" + rows,
                "--label=attack",
                "--preset=" + preset.label(),
                "--epochs=2",
                "--out=" + model));
    if (preset.recipe().shape().recurrence().isPresent()) {
      // An LSTM takes the four features of an event for two steps.
      train.addAll(List.of("--include=bytes,packets,seconds,encrypted", "--row-steps=2"));
    }
    weir(train.toArray(String[]::new));
    List<String> scored = weir("score", "--model=" + model, "--data=" + rows).lines().toList();

    try (Detector detector = Detector.open(model);
        SchemaLookup lookup = new SchemaLookup(client, Duration.ofSeconds(5))) {
      List<FeatureSpec> features = detector.card().features();
      Judge judge = Judge.of(ThresholdPolicy.parse("quantile:0.9"), detector.card());
      LookAhead lookAhead =
          new LookAhead(
              detector,
              () -> new EventDecoder(lookup, null, features),
              BATCH,
              RowJudge.above(judge.threshold(Judge.ALL).value()));
      poll(lookAhead);
      ThreadScorer scorer = lookAhead.join();
      for (int row = 0; row < ROWS; row++) {
        scorer.score(PARTITION, row, events.get(row));
        assertThat(line(row, scorer)).isEqualTo(scored.get(row + 1));
        assertThat(scorer.explanation() != null)
            .isEqualTo(judge.isAnomalous(Judge.ALL, scorer.score()));
      }
      assertThat(lookAhead.calls()).isLessThan(ROWS / 10);
      lookAhead.leave(scorer, PARTITION.partition());
    }
  }

  private static String line(int row, ThreadScorer scorer) {
    return "%d,%s,%s,%s"
        .formatted(row, scorer.score(), scorer.reconstructionLoss(), scorer.klDivergence());
  }

  private static void poll(LookAhead lookAhead) {
    List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      polled.add(
          new ConsumerRecord<>(
              PARTITION.topic(), PARTITION.partition(), row, null, events.get(row)));
    }
    try (PolledRecordsInterceptor interceptor = new PolledRecordsInterceptor()) {
      interceptor.configure(Map.of(LookAhead.CONFIG, lookAhead));
      interceptor.onConsume(new ConsumerRecords<>(Map.of(PARTITION, polled), Map.of()));
    }
  }

  private static String weir(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Main.run(new PrintWriter(out), new PrintWriter(err), args);
    assertThat(exit).describedAs(err.toString()).isZero();
    return out.toString();
  }

  private static GenericRecord flow(boolean attack, Random random) {
    double size = random.nextGaussian();
    GenericRecord flow = new GenericData.Record(SCHEMA);
    flow.put("bytes", rounded(500 + 100 * size + 5 * random.nextGaussian()));
    flow.put("packets", rounded(40 + 8 * (attack ? random.nextGaussian() : size)));
    flow.put("seconds", rounded(3 + Math.abs(size) * (attack ? 4 : 1)));
    flow.put("encrypted", size > 0 != attack);
    flow.put("protocol", size > 0.5 ? "udp" : "tcp");
    flow.put("attack", attack ? 1 : 0);
    return flow;
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.4f", value));
  }

  /// In the wire format of Confluent: 0, the schema's id, the record.
  private static byte[] bytes(int schemaId, GenericRecord flow) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    out.write(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(SCHEMA).write(flow, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
