package io.weir.trainer.data.topic;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.weir.schemas.card.ModelCard.LeftOut;
import io.weir.schemas.card.ModelCard.OffsetRange;
import io.weir.schemas.card.ModelCard.TopicPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a spool is to hold, frozen when it was begun, and how far it is.
///
/// @param format of this file: [#FORMAT]
/// @param topicId distinguishes topics of the same name
/// @param bootstrap where the topic was read
/// @param since as asked for
/// @param until as asked for
/// @param schemaFile whether the reader schema was given as a file
/// @param schemaSource where the reader schema comes from, for people
/// @param schema the reader schema as JSON
/// @param partitions ascending
record SpoolState(
    int format,
    String topic,
    String topicId,
    String bootstrap,
    String since,
    String until,
    boolean schemaFile,
    String schemaSource,
    String schema,
    List<Part> partitions) {
  static final int FORMAT = 1;

  SpoolState {
    partitions = List.copyOf(partitions);
  }

  /// One partition's file. All numbers belong to the same moment: when it was `bytes` long and on
  /// the disk.
  ///
  /// @param first the offset where it begins
  /// @param end the offset where it ends, exclusive
  /// @param next the offset that is read next
  /// @param bytes length of the file, whose last block is complete; 0 before it was begun
  /// @param rows in it
  /// @param schemaIds of its rows
  /// @param leftOut records that gave no row, by reason
  record Part(
      int partition,
      long first,
      long end,
      long next,
      long bytes,
      long rows,
      SortedSet<Integer> schemaIds,
      Map<Reason, Tally> leftOut) {
    Part {
      schemaIds = new TreeSet<>(schemaIds);
      leftOut = Map.copyOf(leftOut);
    }

    static Part begin(OffsetRange range) {
      return new Part(
          range.partition(),
          range.first(),
          range.end(),
          range.first(),
          0,
          0,
          new TreeSet<>(),
          Map.of());
    }
  }

  /// @param records how many
  /// @param offset of the first one
  record Tally(long records, long offset) {
    Tally plusOne() {
      return new Tally(records + 1, offset);
    }
  }

  SpoolState with(Part changed) {
    List<Part> all = new ArrayList<>(partitions);
    all.replaceAll(part -> part.partition() == changed.partition() ? changed : part);
    return new SpoolState(
        format, topic, topicId, bootstrap, since, until, schemaFile, schemaSource, schema, all);
  }

  /// Whether every partition has been read to its end, so that its file is there, too.
  @JsonIgnore
  boolean isComplete() {
    return partitions.stream().allMatch(part -> part.next() >= part.end() && part.bytes() > 0);
  }

  /// Offsets passed so far.
  long passed() {
    return partitions.stream().mapToLong(part -> part.next() - part.first()).sum();
  }

  /// Offsets in all.
  long offsets() {
    return partitions.stream().mapToLong(part -> part.end() - part.first()).sum();
  }

  long rows() {
    return partitions.stream().mapToLong(Part::rows).sum();
  }

  /// What was read, for the card.
  TopicPart provenance() {
    Set<Integer> ids = new TreeSet<>();
    Map<Reason, LeftOut> leftOut = new TreeMap<>();
    for (Part part : partitions) {
      ids.addAll(part.schemaIds());
      part.leftOut()
          .forEach(
              (reason, tally) ->
                  leftOut.merge(
                      reason,
                      new LeftOut(reason.name(), tally.records(), part.partition(), tally.offset()),
                      (a, b) ->
                          new LeftOut(
                              a.reason(), a.records() + b.records(), a.partition(), a.offset())));
    }
    return new TopicPart(
        partitions.stream()
            .map(part -> new OffsetRange(part.partition(), part.first(), part.end()))
            .toList(),
        schemaSource,
        List.copyOf(ids),
        List.copyOf(leftOut.values()));
  }
}
