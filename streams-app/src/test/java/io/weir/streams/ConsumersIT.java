package io.weir.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.Incident;
import io.weir.schemas.json.EventJson;
import io.weir.streams.fixture.Cluster;
import io.weir.streams.fixture.Command;
import io.weir.streams.fixture.MavenSandbox;
import io.weir.streams.fixture.MixedAlerts;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The consumers of `docs/consumers`, each as its reader would run it, print the same lines: those
/// of the alerts that were written, in this schema's version and in the first one, once each,
/// aborted ones left out.
@Timeout(600)
class ConsumersIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path CONSUMERS = ROOT.resolve("docs/consumers");
  private static final Path SCHEMA = ROOT.resolve("schemas/src/main/avro/alert.avsc");
  private static final String TOPIC = "told-alerts";

  @TempDir static Path directory;
  private static Cluster cluster;
  private static final List<String> EXPECTED = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start(directory);
    cluster.createTopic(TOPIC, 1, Map.of());
    // The registry, too, must find every version compatible with every other.
    cluster.client().updateCompatibility(TOPIC + "-value", "FULL_TRANSITIVE");
    for (int version = 1; version <= 3; version++) {
      cluster.register(TOPIC, released(version));
    }
    List<Alert> alerts = new ArrayList<>(MixedAlerts.of(120, 1));
    Alert open = alerts.get(1);
    alerts.add(
        Alert.newBuilder(open)
            .setIncident(Incident.newBuilder(open.getIncident()).setStatus("CLOSED").build())
            .build());
    try (KafkaProducer<byte[], byte[]> producer = producer();
        KafkaAvroSerializer serializer = cluster.officialSerializer()) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, serializer.serialize(TOPIC, firstVersion("old")));
      Alert old =
          (Alert)
              cluster
                  .officialDeserializer()
                  .deserialize(TOPIC, serializer.serialize(TOPIC, firstVersion("old")));
      EXPECTED.add(EventJson.line(old));
      for (Alert alert : alerts) {
        send(producer, serializer.serialize(TOPIC, alert));
        EXPECTED.add(EventJson.line(alert));
      }
      // Delivered again, as at_least_once may.
      send(producer, serializer.serialize(TOPIC, alerts.get(3)));
      producer.commitTransaction();
      producer.beginTransaction();
      send(producer, serializer.serialize(TOPIC, Alert.newBuilder(open).setId("aborted").build()));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      Alert last = Alert.newBuilder(open).setId("last").setIncident(null).build();
      send(producer, serializer.serialize(TOPIC, last));
      EXPECTED.add(EventJson.line(last));
      producer.commitTransaction();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void theOneInPython() throws Exception {
    String python =
        Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    assumeTrue(
        Command.of(python, "-c", "import avro, confluent_kafka").succeeds(),
        "needs python3-confluent-kafka and python3-avro: apt-get install them");
    assertThat(read(Command.of(python, CONSUMERS.resolve("python/read_alerts.py").toString())))
        .isEqualTo(EXPECTED);
  }

  @Test
  void theOneInJavaScript() throws Exception {
    assumeTrue(
        Command.of("node", "--version").succeeds() && Command.of("npm", "--version").succeeds(),
        "needs node and npm: apt-get install nodejs npm");
    Path node = directory.resolve("node");
    Files.createDirectories(node);
    for (String file : List.of("package.json", "read_alerts.js")) {
      Files.copy(CONSUMERS.resolve("node").resolve(file), node.resolve(file));
    }
    Command.of("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts")
        .in(node)
        .run();
    assertThat(
            read(
                Command.of("node", node.resolve("read_alerts.js").toString())
                    .with("ALERT_SCHEMA", SCHEMA.toString())))
        .isEqualTo(EXPECTED);
  }

  @Test
  void theOneInJavaWhichDependsOnTheInstalledSchemasAlone() throws Exception {
    try (MavenSandbox maven = MavenSandbox.open()) {
      assumeTrue(maven.isThere(), "needs mvn on the path");
      maven.installSchemas(ROOT);
      Path installed = maven.repository().resolve("io/weir/weir-schemas/0.1.0-SNAPSHOT");
      assertThat(installed.resolve("weir-schemas-0.1.0-SNAPSHOT.jar"))
          .satisfies(jar -> assertThat(Files.size(jar)).isLessThan(300_000));
      assertThat(installed.resolve("weir-schemas-0.1.0-SNAPSHOT.pom"))
          .content()
          .doesNotContain("<parent>")
          .doesNotContain("kafka")
          .satisfies(
              pom ->
                  assertThat(pom.split("<dependency>"))
                      .as("Avro and three parts of Jackson")
                      .hasSize(5));

      Path example = directory.resolve("java");
      maven.copy(CONSUMERS.resolve("java"), example);
      maven.run(example, "package");
      assertThat(
              read(
                  Command.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-cp",
                      example.resolve("target/alert-consumer.jar")
                          + ":"
                          + example.resolve("target/lib")
                          + "/*",
                      "AlertConsumer")))
          .isEqualTo(EXPECTED);
    }
  }

  private static List<String> read(Command consumer) throws Exception {
    return consumer
        .and(
            cluster.bootstrapServers(),
            cluster.registryUrl(),
            TOPIC,
            String.valueOf(EXPECTED.size()))
        .run()
        .lines()
        .toList();
  }

  /// An alert as the first Weir wrote it.
  private static GenericRecord firstVersion(String id) throws Exception {
    Schema first =
        new Schema.Parser().parse(Files.readString(SCHEMA.resolveSibling("released/alert-1.avsc")));
    GenericRecord alert = new GenericData.Record(first);
    first
        .getFields()
        .forEach(field -> alert.put(field.pos(), GenericData.get().getDefaultValue(field)));
    alert.put("id", id);
    alert.put("key", ByteBuffer.wrap(new byte[] {'k', '1'}));
    alert.put("score", 2.5f);
    return alert;
  }

  private static Schema released(int version) throws Exception {
    return new Schema.Parser()
        .parse(
            Files.readString(SCHEMA.resolveSibling("released/alert-%d.avsc".formatted(version))));
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, byte[] value) {
    producer.send(new ProducerRecord<>(TOPIC, value));
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", cluster.bootstrapServers(), "transactional.id", "told"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
