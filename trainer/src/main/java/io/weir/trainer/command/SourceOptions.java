package io.weir.trainer.command;

import io.weir.trainer.config.ConfigException;
import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.SplitRule;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest.Source;
import io.weir.trainer.data.ask.ReadListener;
import io.weir.trainer.data.ask.SourceFormat;
import io.weir.trainer.data.bulk.Storage;
import io.weir.trainer.data.topic.TopicHistory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The flags that say which rows.
final class SourceOptions {
  /// One side of a split.
  enum Part {
    TRAIN,
    TEST
  }

  @Option(
      names = "--data",
      paramLabel = "SOURCE",
      description = {
        "A file (.csv .tsv .json .jsonl, each also .gz; .parquet; .avro; the IDX files of the MNIST"
            + " family), a directory, a pattern such as 'day-*.parquet',",
        "or an SQL query: \"select * from 'a.csv' join 'b.csv' using (id)\"."
      })
  String data;

  @Mixin TopicOptions topic;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "csv, tsv, json, parquet, avro, idx or sql, where the name does not tell.")
  SourceFormat format;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "The labels of an IDX file, as its column 'label' (default: the file beside it that is"
              + " named alike, such as train-labels-idx1-ubyte.gz).")
  Path labels;

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Only rows that satisfy this expression, such as \"amount > 0\".")
  String where;

  @Option(names = "--limit", paramLabel = "N", description = "At most the first N of these rows.")
  Long limit;

  @Option(
      names = "--split",
      paramLabel = "FRACTION",
      description =
          "Divide the rows: this fraction of the normal rows is the train part, all others the test"
              + " part; for a model with a classifier, this fraction of the normal rows and of the"
              + " anomalies trains. The division depends on the row numbers, the labels and"
              + " --split-seed only.")
  Double split;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Which division (default: ${DEFAULT-VALUE}).")
  long splitSeed;

  @Option(
      names = "--part",
      paramLabel = "PART",
      description = "With --split: train or test (default: train for train, else test).")
  Part part;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description = {
        "Rows of up to so many MiB (4 bytes a value) are held in memory and shuffled as a whole;"
            + " more wait in a temporary file and are shuffled in blocks (default: 512).",
        "It changes in which order rows train, so a repetition needs the same."
      })
  Integer memory;

  @Option(
      names = "--temp",
      paramLabel = "DIRECTORY",
      description = "For temporary files (default: java.io.tmpdir).")
  Path temp;

  /// Where the rows wait.
  Storage storage() {
    if (memory != null && memory < 0) {
      throw new ConfigException("--memory %d: must be at least 0 MiB".formatted(memory));
    }
    Storage standard = Storage.standard();
    return new Storage(
        temp == null ? standard.directory() : temp,
        memory == null ? standard.heapBytes() : (long) memory << 20);
  }

  /// All rows of another file, pattern or query, held where these are.
  SourceOptions ofFile(String location) {
    SourceOptions other = new SourceOptions();
    other.data = location;
    other.topic = new TopicOptions();
    other.memory = memory;
    other.temp = temp;
    return other;
  }

  /// What is read, for messages.
  String name() {
    return fromTopic() ? "topic " + topic.topic : data;
  }

  /// What a model is named after where nothing else is said.
  String stem() {
    return fromTopic() ? topic.topic.replace('.', '-') : data;
  }

  boolean fromTopic() {
    return topic.topic != null;
  }

  /// Checks that the flags name one source, as far as that needs no file and no broker.
  ///
  /// @throws ConfigException where they do not
  void check() {
    if (data == null && !fromTopic()) {
      throw new ConfigException(
          "Missing required option: '--data SOURCE' for files or a query, or '--topic NAME' for a"
              + " Kafka topic");
    }
    if (!fromTopic()) {
      topic.requireNone();
      return;
    }
    if (data != null) {
      throw new ConfigException(
          "--data %s and --topic %s exclude each other: name one source"
              .formatted(data, topic.topic));
    }
    if (format != null || labels != null) {
      throw new ConfigException(
          "%s is about files, and --topic %s has none: leave it out"
              .formatted(format != null ? "--format" : "--labels", topic.topic));
    }
    topic.request(storage().directory());
  }

  /// Reads all rows of the source, without regard to a split.
  ///
  /// @param messages where it is told how far the reading is
  /// @param bar whether a bar can be drawn there
  /// @param reader makes the rows of files
  Dataset read(
      PrintWriter messages, boolean bar, BiFunction<Source, ReadListener, Dataset> reader) {
    check();
    if (!fromTopic()) {
      return read(messages, source(data, format), reader);
    }
    try (TopicHistory history = history(messages, bar)) {
      String directory = history.directory().toString();
      try {
        Dataset rows = read(messages, source(directory, SourceFormat.AVRO), reader);
        return rows.withSources(List.of(history.source(rows.rows(), where)));
      } catch (DataException e) {
        throw new DataException(e.getMessage().replace(directory, name()), e);
      }
    }
  }

  private TopicHistory history(PrintWriter messages, boolean bar) {
    try (TopicProgress progress = new TopicProgress(messages, topic.topic, bar)) {
      return TopicHistory.read(topic.request(storage().directory()), progress);
    }
  }

  private Dataset read(
      PrintWriter messages, Source from, BiFunction<Source, ReadListener, Dataset> reader) {
    try (ReadProgress progress = new ReadProgress(messages, name())) {
      return reader.apply(from, progress);
    }
  }

  private Source source(String location, SourceFormat as) {
    return new Source(location, as, where, limit == null ? Long.MAX_VALUE : limit, labels);
  }

  /// Which of the source's rows are meant, such as `amount > 0; train part of split 0.7, seed 0`;
  /// empty for all.
  ///
  /// @param supervised whether anomalies train, too
  /// @param labels what was asked of the labels; null for nothing
  Optional<String> filter(String labels, boolean supervised, Part otherwise) {
    String part =
        split == null
            ? null
            : "%s part of split %s%s, seed %d"
                .formatted(
                    Words.of(part(otherwise)), split, supervised ? " of each kind" : "", splitSeed);
    String first = limit == null ? null : "the first %d".formatted(limit);
    String filter =
        Stream.of(where, first, labels, part)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("; "));
    return filter.isEmpty() ? Optional.empty() : Optional.of(filter);
  }

  private Part part(Part otherwise) {
    return part == null ? otherwise : part;
  }

  /// @param steps events of a row, 1 or more
  /// @throws ConfigException where windows are to be divided
  void requireNoSplit(int steps) {
    if (steps > 1 && (split != null || part != null)) {
      throw new ConfigException(
          "--split does not divide windows: those of %d events overlap, so that parts drawn by row would share events. Divide by time with --where, or take separate files"
              .formatted(steps));
    }
  }

  /// The part of the rows that was asked for.
  ///
  /// @param supervised whether anomalies train, too
  Dataset select(Dataset rows, boolean supervised, Part otherwise) {
    if (split == null) {
      if (part != null) {
        throw new ConfigException(
            "--part %s needs --split FRACTION, such as --split 0.7".formatted(Words.of(part)));
      }
      return rows;
    }
    if (supervised && rows.labels() == null) {
      throw new ConfigException(
          "--split %s divides the rows of each kind for a model with a classifier: name the column of the labels with --label"
              .formatted(split));
    }
    SplitRule rule = new SplitRule(split, splitSeed);
    SplitRule.Split parts =
        supervised
            ? rule.splitEachKind(rows.rowNumbers(), rows.labels())
            : rule.split(rows.rowNumbers(), rows.labels());
    return rows.subset(
        switch (part(otherwise)) {
          case TRAIN -> parts.train();
          case TEST -> parts.test();
        });
  }
}
