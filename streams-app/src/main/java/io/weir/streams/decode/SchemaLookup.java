package io.weir.streams.decode;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches schemas by id, and waits for a registry that does not answer.
///
/// The wait blocks the caller, which is the stream thread: nothing behind the event is touched and
/// nothing is lost. One wait is kept shorter than `max.poll.interval.ms`, but for the last request,
/// which may outlast it by the client's time-outs; several waits between two polls, for schemas
/// that are new one after the other, may add up to more. The group then gives the partitions to
/// another thread, which does the events again. Safe for any number of threads.
public final class SchemaLookup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaLookup.class);
  private static final long FIRST_PAUSE_MS = 100;
  private static final long LONGEST_PAUSE_MS = 5_000;

  /// The registry's own "schema not found"; a 404 of something else on the way has another code.
  private static final int SCHEMA_NOT_FOUND = 40403;

  private final SchemaRegistryClient client;
  private final Duration outageMax;
  private final CountDownLatch closed = new CountDownLatch(1);

  /// What the registry says about an id.
  public sealed interface Answer {
    /// An Avro schema.
    record Known(Schema schema) implements Answer {}

    /// No such id.
    record Unknown() implements Answer {}

    /// A schema that is not Avro or cannot be parsed.
    record NotAvro(String what) implements Answer {}
  }

  /// @param client the official client, which the caller closes
  /// @param outageMax how long one look-up goes on trying
  public SchemaLookup(SchemaRegistryClient client, Duration outageMax) {
    this.client = client;
    this.outageMax = outageMax;
  }

  /// Asks until there is an answer.
  ///
  /// @throws RegistryOutageException when there is none within the allowed time, or on [#close()]
  public Answer byId(int id) {
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_MS;
    while (true) {
      Exception trouble;
      try {
        return avro(client.getSchemaById(id));
      } catch (RestClientException e) {
        if (e.getErrorCode() == SCHEMA_NOT_FOUND) {
          return new Answer.Unknown();
        }
        trouble = e;
      } catch (IOException | RuntimeException e) {
        if (isNotAvro(e)) {
          return new Answer.NotAvro("one that cannot be read as Avro");
        }
        trouble = e;
      }
      long waited = Duration.ofNanos(System.nanoTime() - start).toMillis();
      if (waited + pause > outageMax.toMillis()) {
        throw new RegistryOutageException(id, waited, trouble);
      }
      LOG.warn(
          "The schema registry gives no schema {} ({}). Events wait, nothing is lost; asked for {}"
              + " ms of at most {}, next in {} ms.",
          id,
          reason(trouble),
          waited,
          outageMax.toMillis(),
          pause);
      sleep(id, pause, waited, trouble);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }

  /// Ends every wait: an orderly end must not take as long as an outage.
  @Override
  public void close() {
    closed.countDown();
  }

  private void sleep(int id, long pause, long waited, Exception trouble) {
    try {
      if (closed.await(pause, TimeUnit.MILLISECONDS)) {
        throw new RegistryOutageException(id, waited, trouble);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryOutageException(id, waited, trouble);
    }
  }

  private Answer avro(ParsedSchema parsed) throws IOException {
    if (!(parsed instanceof AvroSchema avro)) {
      return new Answer.NotAvro(parsed.schemaType());
    }
    if (avro.rawSchema() == null) {
      // JSON, but of something else; the client would remember it.
      client.reset();
      throw new IOException("an answer without a schema");
    }
    return new Answer.Known(avro.rawSchema());
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

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
