package io.weir.trainer.data.topic;

import io.weir.schemas.card.ModelCard.DataSource;
import io.weir.schemas.card.ModelCard.LeftOut;
import io.weir.schemas.card.ModelCard.TopicPart;
import io.weir.trainer.data.ask.DataException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/// A part of a topic as Avro files, one per partition, whose names are in the order of the
/// partitions. Reading them as files is reading the topic: the same rows in the same order.
public final class TopicHistory implements AutoCloseable {
  private final SpoolDirectory directory;
  private final SpoolGuard guard;
  private final TopicRequest request;
  private final TopicListener listener;

  private TopicHistory(
      SpoolDirectory directory, SpoolGuard guard, TopicRequest request, TopicListener listener) {
    this.directory = directory;
    this.guard = guard;
    this.request = request;
    this.listener = listener;
  }

  /// Reads a part of a topic, or what is missing of it in a directory that was kept. Returns when
  /// all of it is there.
  ///
  /// @throws DataException for everything that brokers, registry, records or disk do not allow
  public static TopicHistory read(TopicRequest request, TopicListener listener) {
    SpoolDirectory directory =
        request.spool() == null
            ? SpoolDirectory.temporary(request.temp())
            : SpoolDirectory.kept(request.spool());
    TopicHistory history = new TopicHistory(directory, SpoolGuard.of(directory), request, listener);
    try {
      history.fill();
      history.tellWhatIsThere();
      return history;
    } catch (RuntimeException e) {
      if (history.guard.isEnding()) {
        awaitEnd();
      }
      history.close();
      throw e;
    }
  }

  private void fill() {
    Optional<SpoolState> begun = SpoolPlan.begun(directory, request);
    boolean sameBrokers =
        begun.filter(s -> s.bootstrap().equals(request.connection().bootstrap())).isPresent();
    if (sameBrokers && begun.get().isComplete()) {
      listener.tell(
          "%s holds all of topic %s: nothing is read again"
              .formatted(directory.path(), request.topic()));
      return;
    }
    request.connection().notes().forEach(listener::tell);
    TopicClients clients = new TopicClients(request.connection());
    try (Admin admin = clients.admin();
        SchemaBook book = new SchemaBook(clients.registry(), request.connection().registryText())) {
      FrozenTopic topic = FrozenTopic.find(admin, request);
      begun.ifPresent(state -> SpoolPlan.requireSameTopic(directory, state, topic));
      SpoolState state = begun.orElseGet(() -> SpoolPlan.freeze(request, topic, book, listener));
      new TopicReading(clients, book, directory, guard, listener).read(state, begun.isPresent());
    } catch (KafkaException e) {
      throw FrozenTopic.failure(request, e);
    }
    if (guard.isEnding()) {
      awaitEnd();
    }
  }

  /// The process is ending, and nothing else shall begin.
  private static void awaitEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellWhatIsThere() {
    SpoolState state = state();
    for (LeftOut left : state.provenance().leftOut()) {
      listener.tell(
          "Left out: %,d records, %s (%s), the first in partition %d at offset %d"
              .formatted(
                  left.records(),
                  Reason.valueOf(left.reason()).text(),
                  left.reason(),
                  left.partition(),
                  left.offset()));
    }
    if (state.rows() == 0) {
      throw new DataException(
          "No record of topic %s since %s until %s gives a row%s"
              .formatted(
                  request.topic(),
                  request.since(),
                  request.until(),
                  state.provenance().leftOut().isEmpty()
                      ? ": there is none between these offsets. Begin earlier with --since"
                      : ": see why above. Values must be Avro in Confluent's wire format, registered at %s; if its latest schema is not the one to read by, give another one with --reader-schema FILE"
                          .formatted(request.connection().registryText())));
    }
  }

  private SpoolState state() {
    return directory.state().orElseThrow();
  }

  /// The directory of the Avro files.
  public Path directory() {
    return directory.path();
  }

  /// What the card says about rows of this topic.
  ///
  /// @param rows those that are used
  /// @param filter the row filter, null without one
  public DataSource source(long rows, String filter) {
    TopicPart part = state().provenance();
    return new DataSource("topic", request.topic(), rows, null, filter, part);
  }

  /// Frees the directory; one that is not kept is deleted.
  @Override
  public void close() {
    guard.close();
  }
}
