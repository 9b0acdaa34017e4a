package io.weir.benchmarks.quality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A file of rows with a column `label`, 1 for an anomaly.
///
/// @param name as the baselines know it
public record LabelledSet(String name, Path file) {
  private static final String EXTENSION = ".csv.gz";
  private static final String FOLDER = "WEIR_DATA";

  /// The folder of the data sets.
  static Path folder() {
    String folder = System.getenv(FOLDER);
    if (folder == null || !Files.isDirectory(Path.of(folder))) {
      throw new IllegalArgumentException(
          "%s is %s: set it to the folder of the data sets, with tabular/ and baselines.json in it"
              .formatted(FOLDER, folder == null ? "not set" : folder + ", which is no folder"));
    }
    return Path.of(folder);
  }

  /// The sets that the means are taken over, by name.
  static List<LabelledSet> tabular() {
    try (Stream<Path> files = Files.list(folder().resolve("tabular"))) {
      return files
          .filter(file -> file.toString().endsWith(EXTENSION))
          .sorted()
          .map(LabelledSet::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One of [#tabular].
  public static LabelledSet named(String name) {
    return of(folder().resolve("tabular").resolve(name + EXTENSION));
  }

  /// Particle collisions.
  static LabelledSet higgs() {
    return of(folder().resolve("higgs").resolve("higgs" + EXTENSION));
  }

  /// How often each kind of log line occurs in a session.
  static LabelledSet logCounts() {
    return of(folder().resolve("hdfs").resolve("hdfs_counts" + EXTENSION));
  }

  private static LabelledSet of(Path file) {
    String name = file.getFileName().toString();
    return new LabelledSet(name.substring(0, name.length() - EXTENSION.length()), file);
  }
}
