package io.weir.demo;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.weir.local.LocalBroker;
import io.weir.local.LocalRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A topic of four partitions with payments in two schema versions, and whatever else may lie in a
/// topic; and the same payments as Avro files.
final class TopicPayments {
  private static final int PARTITIONS = 4;
  private static final long START = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
  private static final Schema TIME =
      LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
  private static final Schema FIRST = base().endRecord();
  private static final Schema SECOND =
      base()
          .name("fee")
          .type()
          .unionOf()
          .nullType()
          .and()
          .doubleType()
          .endUnion()
          .nullDefault()
          .endRecord();

  private final LocalBroker broker;
  private final LocalRegistry registry;
  private final String topic;
  private final Random random = new Random(5);
  private final List<List<GenericRecord>> rows = new ArrayList<>();
  private final long[] ends = new long[PARTITIONS];
  private int produced;
  private long half;

  TopicPayments(LocalBroker broker, LocalRegistry registry, String topic) {
    this.broker = broker;
    this.registry = registry;
    this.topic = topic;
    for (int p = 0; p < PARTITIONS; p++) {
      rows.add(new ArrayList<>());
    }
    broker.createTopic(topic, PARTITIONS);
  }

  private static SchemaBuilder.FieldAssembler<Schema> base() {
    return SchemaBuilder.record("Payment")
        .namespace("shop")
        .fields()
        .requiredString("card")
        .requiredDouble("amount")
        .requiredString("channel")
        .requiredBoolean("abroad")
        .name("at")
        .type(TIME)
        .noDefault();
  }

  /// Payments one second apart, not equally many in all partitions.
  ///
  /// @param version of the schema that they are written with, 1 or 2
  void produce(int count, int version) {
    half = START + produced * 1_000L;
    try (KafkaProducer<byte[], Object> producer = producer(KafkaAvroSerializer.class, null)) {
      for (int i = 0; i < count; i++) {
        send(producer, payment(version), true);
      }
    }
  }

  private GenericRecord payment(int version) {
    GenericRecordBuilder payment =
        new GenericRecordBuilder(version == 1 ? FIRST : SECOND)
            .set("card", "card-" + random.nextInt(40))
            .set("amount", Math.round(Math.exp(3 + random.nextGaussian()) * 100) / 100.0)
            .set("channel", random.nextInt(3) == 0 ? "online" : "shop")
            .set("abroad", random.nextInt(10) == 0)
            .set("at", START + produced * 1_000L);
    if (version == 2) {
      payment.set("fee", random.nextInt(4) == 0 ? null : random.nextDouble());
    }
    return payment.build();
  }

  private void send(KafkaProducer<byte[], Object> producer, GenericRecord payment, boolean counts) {
    int partition = Math.min(PARTITIONS - 1, random.nextInt(PARTITIONS + 2));
    byte[] key = payment.get("card").toString().getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topic, partition, START + produced * 1_000L, key, payment));
    ends[partition]++;
    if (counts) {
      produced++;
      rows.get(partition).add(payment);
    }
  }

  /// Two tombstones, and a record for every way of being none.
  void produceBad() {
    int id = payments();
    List<byte[]> values =
        Arrays.asList(
            null,
            null,
            new byte[0],
            "{\"json\": true}".getBytes(StandardCharsets.UTF_8),
            new byte[] {0, 0, 0},
            framed(9_999, 2, 'a'),
            framed(
                registered(
                    "stranger",
                    SchemaBuilder.record("Other").fields().requiredInt("n").endRecord()),
                2),
            // A text of two GiB that is not there.
            framed(id, 0xfe, 0xff, 0xff, 0xff, 0x0f, 'x'));
    try (KafkaProducer<byte[], Object> producer = producer(ByteArraySerializer.class, null)) {
      for (byte[] value : values) {
        producer.send(new ProducerRecord<>(topic, 1, START + produced * 1_000L - 1, null, value));
        ends[1]++;
      }
    }
  }

  private static byte[] framed(int id, int... bytes) {
    ByteBuffer value = ByteBuffer.allocate(5 + bytes.length).put((byte) 0).putInt(id);
    for (int b : bytes) {
      value.put((byte) b);
    }
    return value.array();
  }

  /// The id of the payments' first schema.
  private int payments() {
    return registered(topic, FIRST);
  }

  private int registered(String name, Schema schema) {
    try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
      serializer.configure(Map.of("schema.registry.url", registry.url()), false);
      GenericRecordBuilder any = new GenericRecordBuilder(schema);
      schema.getFields().forEach(field -> any.set(field, filler(field.schema())));
      return ByteBuffer.wrap(serializer.serialize(name, any.build())).getInt(1);
    }
  }

  private static Object filler(Schema schema) {
    return switch (schema.getType()) {
      case INT -> 0;
      case LONG -> 0L;
      case DOUBLE -> 0.0;
      case BOOLEAN -> false;
      case STRING -> "";
      default -> throw new IllegalArgumentException("No value for " + schema);
    };
  }

  /// Payments of a transaction that is given up: they are in the log, and nobody may see them.
  void produceAborted(int count) {
    try (KafkaProducer<byte[], Object> producer = producer(KafkaAvroSerializer.class, "gone")) {
      producer.initTransactions();
      producer.beginTransaction();
      long[] before = ends.clone();
      for (int i = 0; i < count; i++) {
        send(producer, payment(1), false);
      }
      producer.flush();
      producer.abortTransaction();
      for (int p = 0; p < PARTITIONS; p++) {
        // The mark at the end of the transaction takes an offset.
        ends[p] += ends[p] > before[p] ? 1 : 0;
      }
    }
  }

  /// Payments of a transaction that is open until closed.
  AutoCloseable openTransaction(int count) {
    KafkaProducer<byte[], Object> producer = producer(KafkaAvroSerializer.class, "open");
    producer.initTransactions();
    producer.beginTransaction();
    for (int i = 0; i < count; i++) {
      send(producer, payment(2), false);
    }
    producer.flush();
    return () -> {
      producer.abortTransaction();
      producer.close();
    };
  }

  /// When the payments of the last [#produce] begin, as ISO-8601.
  String half() {
    return Instant.ofEpochMilli(half).toString();
  }

  /// The end offset of every partition.
  List<Long> ends() {
    return Arrays.stream(ends).boxed().toList();
  }

  long rowsOf(String card) {
    return rows.stream()
        .flatMap(List::stream)
        .filter(row -> row.get("card").toString().equals(card))
        .count();
  }

  /// One file for each partition, in the newest schema, without anything of Kafka.
  void writeFiles(Path directory) throws IOException {
    for (int p = 0; p < PARTITIONS; p++) {
      try (DataFileWriter<GenericRecord> file =
          new DataFileWriter<>(new GenericDatumWriter<>(SECOND))) {
        file.create(SECOND, directory.resolve("part-%d.avro".formatted(p)).toFile());
        for (GenericRecord row : rows.get(p)) {
          GenericRecordBuilder newest = new GenericRecordBuilder(SECOND);
          row.getSchema()
              .getFields()
              .forEach(field -> newest.set(field.name(), row.get(field.name())));
          file.append(newest.build());
        }
      }
    }
  }

  private KafkaProducer<byte[], Object> producer(Class<?> serializer, String transaction) {
    Map<String, Object> configs = new HashMap<>();
    configs.put("bootstrap.servers", broker.bootstrapServers());
    configs.put("key.serializer", ByteArraySerializer.class);
    configs.put("value.serializer", serializer);
    configs.put("schema.registry.url", registry.url());
    if (transaction != null) {
      configs.put("transactional.id", topic + "-" + transaction);
    }
    return new KafkaProducer<>(configs);
  }
}
