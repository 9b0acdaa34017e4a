package io.weir.streams.command;

import io.weir.streams.replay.LabelSource;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where it is written which events were anomalous: one of the two, or none.
final class LabelOptions {
  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "CSV file of the anomalous events, for precision and recall: its first line is"
              + " partition,offset[,topic] or from,to[,key].")
  private Path file;

  @Option(
      names = "--label-field",
      paramLabel = "FIELD",
      description = "The same by a field of the events: a boolean, or 0 and 1.")
  private String field;

  Optional<LabelSource> source() {
    if (file != null) {
      return Optional.of(new LabelSource.Listed(file));
    }
    return Optional.ofNullable(field).map(LabelSource.Field::new);
  }
}
