package io.weir.trainer.data.topic;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.weir.schemas.NearestNames;
import io.weir.trainer.data.ask.DataException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/// The registry's schemas. A registry that does not answer is asked again for a while. For any
/// number of threads.
final class SchemaBook implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long FIRST_PAUSE_MS = 200;
  private static final long LONGEST_PAUSE_MS = 5_000;

  /// The registry's own codes; a 404 of something else on the way has another one.
  private static final int SUBJECT_NOT_FOUND = 40401;

  private static final int VERSION_NOT_FOUND = 40402;
  private static final int SCHEMA_NOT_FOUND = 40403;
  private static final int SHOWN = 3;

  private final SchemaRegistryClient client;
  private final String address;
  private final Duration patience;
  private final Map<Integer, Answer> known = new ConcurrentHashMap<>();

  /// What the registry says about an id.
  sealed interface Answer {
    /// An Avro schema.
    record Known(Schema schema) implements Answer {}

    /// No such id.
    record Unknown() implements Answer {}

    /// A schema of another kind, or one that cannot be parsed.
    record NotAvro() implements Answer {}
  }

  /// The newest schema of a subject.
  ///
  /// @param source where it comes from, for people
  record Latest(Schema schema, String source) {}

  private interface Question<T> {
    T ask() throws IOException, RestClientException;
  }

  /// @param client closed with this
  /// @param address of the registry, for people
  SchemaBook(SchemaRegistryClient client, String address) {
    this(client, address, PATIENCE);
  }

  SchemaBook(SchemaRegistryClient client, String address, Duration patience) {
    this.client = client;
    this.address = address;
    this.patience = patience;
  }

  /// @throws DataException where the registry gives no answer in time
  Answer byId(int id) {
    Answer answer = known.get(id);
    if (answer == null) {
      answer = asked(id);
      known.put(id, answer);
    }
    return answer;
  }

  private Answer asked(int id) {
    try {
      return answered("schema " + id, () -> byClient(id));
    } catch (RestClientException e) {
      if (e.getErrorCode() == SCHEMA_NOT_FOUND) {
        return new Answer.Unknown();
      }
      throw refusal("schema " + id, e);
    }
  }

  private Answer byClient(int id) throws IOException, RestClientException {
    ParsedSchema parsed;
    try {
      parsed = client.getSchemaById(id);
    } catch (IOException | RuntimeException e) {
      if (isNotAvro(e)) {
        return new Answer.NotAvro();
      }
      throw e;
    }
    if (!(parsed instanceof AvroSchema avro)) {
      return new Answer.NotAvro();
    }
    if (avro.rawSchema() == null) {
      // JSON, but of something else; the client would remember it.
      client.reset();
      throw new IOException("an answer without a schema");
    }
    return new Answer.Known(avro.rawSchema());
  }

  /// The newest schema of the values of a topic, by the name that serializers register it under.
  ///
  /// @throws DataException where there is none, or the registry gives no answer in time
  Latest ofValues(String topic) {
    String subject = topic + "-value";
    SchemaMetadata newest;
    try {
      newest = answered("subject " + subject, () -> client.getLatestSchemaMetadata(subject));
    } catch (RestClientException e) {
      if (e.getErrorCode() == SUBJECT_NOT_FOUND || e.getErrorCode() == VERSION_NOT_FOUND) {
        throw new DataException(
            "The registry %s has no subject %s. %sGive the Avro schema with --reader-schema FILE"
                .formatted(address, subject, nearest(subject)),
            e);
      }
      throw refusal("subject " + subject, e);
    }
    String source = "version %d of subject %s".formatted(newest.getVersion(), subject);
    return switch (byId(newest.getId())) {
      case Answer.Known(Schema schema) -> new Latest(schema, source);
      case Answer.Unknown(), Answer.NotAvro() ->
          throw new DataException(
              "%s in the registry %s is not Avro: Weir reads Avro records"
                  .formatted(source, address));
    };
  }

  private String nearest(String subject) {
    try {
      List<String> near =
          NearestNames.ranked(
                  subject,
                  answered("list of subjects", client::getAllSubjects).stream()
                      .filter(name -> name.endsWith("-value"))
                      .toList())
              .stream()
              .limit(SHOWN)
              .toList();
      return near.isEmpty() ? "" : "Nearest: %s. ".formatted(String.join(", ", near));
    } catch (RestClientException _) {
      return "";
    }
  }

  /// Asks until there is an answer, even if it is a refusal.
  private <T> T answered(String what, Question<T> question) throws RestClientException {
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_MS;
    while (true) {
      Exception trouble;
      try {
        return question.ask();
      } catch (RestClientException e) {
        if (e.getStatus() >= 400 && e.getStatus() < 500 && e.getStatus() != 429) {
          throw e;
        }
        trouble = e;
      } catch (IOException | RuntimeException e) {
        trouble = e;
      }
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (waited.plusMillis(pause).compareTo(patience) > 0) {
        throw new DataException(
            "The schema registry %s gives no %s, asked for %d s: %s. Check --registry, that it runs, and the schema.registry.* settings of --kafka-config"
                .formatted(
                    address, what, waited.toSeconds(), Connection.masked(trouble.getMessage())),
            trouble);
      }
      pause(pause, what);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }

  private void pause(long millis, String what) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("Stopped while asking %s for %s".formatted(address, what), e);
    }
  }

  /// The client reports a schema of another kind, or one that does not parse, by exceptions without
  /// a type of their own, an unchecked one among them.
  private static boolean isNotAvro(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && cause.getMessage().startsWith("Invalid schema")) {
        return true;
      }
    }
    return false;
  }

  private DataException refusal(String what, RestClientException e) {
    return new DataException(
        "The schema registry %s refuses %s: %s (status %d). Check --registry and the schema.registry.* settings of --kafka-config, such as schema.registry.basic.auth.user.info"
            .formatted(address, what, Connection.masked(e.getMessage()), e.getStatus()),
        e);
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException _) {
      // Nothing is pending: it only reads.
    }
  }
}
