package io.weir.benchmarks.incidents;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// A server of the Server Machine Dataset (Su et al., KDD 2019): metrics of every minute.
///
/// @param train file of the minutes that are almost normal
/// @param test file of the following minutes, with a column `label`
record Machine(String name, Path train, Path test) {
  private static final String VARIABLE = "WEIR_DATA";
  private static final String TRAIN = "_train.csv.gz";
  private static final String TEST = "_test.csv.gz";

  /// Those of `$WEIR_DATA/smd`, by name.
  ///
  /// @param names of those that are wanted, empty for all
  static List<Machine> of(List<String> names) throws IOException {
    String data = System.getenv(VARIABLE);
    Path folder = data == null ? null : Path.of(data, "smd");
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "%s is %s: set it to the folder of the data sets, with smd/ in it"
              .formatted(VARIABLE, data == null ? "not set" : data));
    }
    List<String> there;
    try (Stream<Path> files = Files.list(folder)) {
      there =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(TRAIN))
              .map(file -> file.substring(0, file.length() - TRAIN.length()))
              .sorted()
              .toList();
    }
    for (String name : names) {
      if (!there.contains(name)) {
        throw new IllegalArgumentException(
            "--machines %s: %s has %s".formatted(name, folder, String.join(", ", there)));
      }
    }
    return (names.isEmpty() ? there : names)
        .stream()
            .map(
                name ->
                    new Machine(name, folder.resolve(name + TRAIN), folder.resolve(name + TEST)))
            .toList();
  }

  /// The minutes of the test file.
  ///
  /// @param features columns of a row, in order
  Minutes minutes(List<String> features) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(test)), StandardCharsets.UTF_8))) {
      List<String> header = Arrays.asList(lines.readLine().split(","));
      int[] columns = features.stream().mapToInt(header::indexOf).toArray();
      int label = header.indexOf("label");
      List<float[]> rows = new ArrayList<>();
      List<Boolean> labels = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",");
        float[] row = new float[columns.length];
        for (int i = 0; i < columns.length; i++) {
          row[i] = Float.parseFloat(cells[columns[i]]);
        }
        rows.add(row);
        labels.add(cells[label].equals("1"));
      }
      return new Minutes(rows, labels);
    }
  }

  /// Rows in the order of their time.
  ///
  /// @param anomalous the labels
  record Minutes(List<float[]> rows, List<Boolean> anomalous) {
    /// The labelled segment of each row, counted from 0; -1 for normal ones.
    int[] segments() {
      int[] segments = new int[rows.size()];
      int segment = -1;
      for (int i = 0; i < segments.length; i++) {
        if (anomalous.get(i) && (i == 0 || !anomalous.get(i - 1))) {
          segment++;
        }
        segments[i] = anomalous.get(i) ? segment : -1;
      }
      return segments;
    }
  }
}
