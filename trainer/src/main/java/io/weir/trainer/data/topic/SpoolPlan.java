package io.weir.trainer.data.topic;

import io.weir.schemas.card.ModelCard.OffsetRange;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.topic.SpoolState.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/// What a spool is to hold: as it was frozen when it was begun, or frozen now.
final class SpoolPlan {
  private SpoolPlan() {}

  /// The state of a spool that was begun by the same request; empty for a new one.
  ///
  /// @throws DataException where it was begun by another one
  static Optional<SpoolState> begun(SpoolDirectory directory, TopicRequest request) {
    Optional<SpoolState> found = directory.state();
    found.ifPresent(
        state -> {
          require(directory, "topic", state.topic(), request.topic());
          require(directory, "--since", state.since(), request.since().toString());
          require(directory, "--until", state.until(), request.until().toString());
          require(
              directory,
              "reader schema",
              state.schemaFile() ? state.schema() : "the registry's latest",
              request.readerSchema() == null
                  ? "the registry's latest"
                  : fromFile(request.readerSchema()).toString());
        });
    return found;
  }

  private static void require(SpoolDirectory directory, String what, String had, String asked) {
    if (!had.equals(asked)) {
      throw new DataException(
          "%s was begun with %s %s, now it is %s: name another directory with --spool, or delete this one"
              .formatted(directory.path(), what, had, asked));
    }
  }

  /// @throws DataException where a spool was begun of an earlier topic of the same name
  static void requireSameTopic(SpoolDirectory directory, SpoolState begun, FrozenTopic topic) {
    if (!begun.topicId().equals(topic.topicId())) {
      throw new DataException(
          "%s was begun with topic %s of id %s, now its id is %s: it was deleted and made again, or is another cluster's. Name another directory with --spool, or delete this one"
              .formatted(directory.path(), begun.topic(), begun.topicId(), topic.topicId()));
    }
  }

  /// Freezes what is asked for.
  ///
  /// @throws DataException where there is nothing between the positions
  static SpoolState freeze(
      TopicRequest request, FrozenTopic topic, SchemaBook book, TopicListener listener) {
    List<OffsetRange> ranges = topic.ranges(listener);
    if (ranges.stream().allMatch(range -> range.end() <= range.first())) {
      throw new DataException(
          "Topic %s holds nothing since %s until %s. Begin earlier with --since, or end later with --until"
              .formatted(request.topic(), request.since(), request.until()));
    }
    boolean file = request.readerSchema() != null;
    SchemaBook.Latest schema =
        file
            ? new SchemaBook.Latest(
                fromFile(request.readerSchema()), request.readerSchema().toString())
            : book.ofValues(request.topic());
    return new SpoolState(
        SpoolState.FORMAT,
        request.topic(),
        topic.topicId(),
        request.connection().bootstrap(),
        request.since().toString(),
        request.until().toString(),
        file,
        schema.source(),
        schema.schema().toString(),
        ranges.stream().map(Part::begin).toList());
  }

  private static Schema fromFile(Path file) {
    try {
      return new Schema.Parser().parse(Files.readString(file));
    } catch (IOException | AvroRuntimeException e) {
      throw new DataException(
          "%s cannot be read as an Avro schema: %s".formatted(file, e.getMessage()), e);
    }
  }
}
