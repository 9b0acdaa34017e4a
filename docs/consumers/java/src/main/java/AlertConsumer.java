import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.TrustedEvents;
import io.weir.schemas.json.EventJson;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads Weir's alerts in Java and prints each as one line of JSON.
///
///     java -cp 'target/alert-consumer.jar:target/lib/*' AlertConsumer BROKERS REGISTRY_URL TOPIC [COUNT]
///
/// Ends after COUNT alerts, or never.
public final class AlertConsumer {
  private static final int REMEMBERED = 10_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String registry;
  private final Map<Integer, SpecificDatumReader<Alert>> readers = new HashMap<>();

  private AlertConsumer(String registry) {
    this.registry = registry;
  }

  public static void main(String[] args) throws Exception {
    TrustedEvents.trust();
    AlertConsumer alerts = new AlertConsumer(args[1]);
    long left = args.length > 3 ? Long.parseLong(args[3]) : Long.MAX_VALUE;
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Map<String, Boolean> seen = newest();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", args[0],
            "group.id", "alert-consumer-java",
            "auto.offset.reset", "earliest",
            "enable.auto.commit", false,
            "isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(args[2]));
      while (left > 0) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          Alert alert = alerts.decode(record.value());
          if (left > 0 && seen.put(identity(alert), true) == null) {
            out.print(EventJson.line(alert) + "\n");
            left--;
          }
        }
        consumer.commitSync(); // once they are printed: at least once
      }
    }
  }

  /// The Confluent wire format: a zero byte, the schema's id in four bytes, Avro.
  private Alert decode(byte[] value) throws IOException, InterruptedException {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    if (bytes.get() != 0) {
      throw new IOException("not in the Confluent wire format");
    }
    int id = bytes.getInt();
    SpecificDatumReader<Alert> reader = readers.get(id);
    if (reader == null) {
      // Alerts of older and newer Weirs are resolved to the schema that this program was built
      // with.
      reader = new SpecificDatumReader<>(schema(id), Alert.getClassSchema());
      readers.put(id, reader);
    }
    return reader.read(
        null, DecoderFactory.get().binaryDecoder(value, bytes.position(), bytes.remaining(), null));
  }

  private Schema schema(int id) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(registry + "/schemas/ids/" + id))
            .timeout(Duration.ofSeconds(10))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the registry has no schema " + id + ": " + answer.body());
    }
    return new Schema.Parser()
        .parse(new ObjectMapper().readTree(answer.body()).get("schema").asText());
  }

  /// The same at every redelivery; a closing alert repeats the event of the one before.
  private static String identity(Alert alert) {
    return alert.getId()
        + (alert.getIncident() == null ? "" : "-" + alert.getIncident().getStatus());
  }

  /// A map that forgets the oldest.
  private static Map<String, Boolean> newest() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
        return size() > REMEMBERED;
      }
    };
  }
}
