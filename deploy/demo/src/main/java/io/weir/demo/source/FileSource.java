package io.weir.demo.source;

import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.schemas.features.FeatureSpec;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/// A user's CSV file: the first rows train, the others stream in their order.
///
/// What the columns are is the trainer's finding: the events carry the columns that became features
/// of the model, in the types it took them for.
public final class FileSource implements EventSource {
  private final Path file;
  private final String label;
  private final List<String> exclude;
  private final double trainFraction;
  private final CsvReader rows;
  private final int labelColumn;
  private final Map<Integer, FeatureSpec> featureColumns = new LinkedHashMap<>();
  private long trained;
  private long number;
  private boolean wasAnomalous;
  private long segment;
  private Schema schema;

  /// @param label name of the column that tells anomalies (1) from normal rows (0), or null
  /// @param exclude columns that shall be no features
  /// @param trainFraction of the rows that train, in (0, 1)
  /// @throws IOException if the file cannot be read or has no such column
  public FileSource(Path file, String label, List<String> exclude, double trainFraction)
      throws IOException {
    this.file = file;
    this.label = label;
    this.exclude = List.copyOf(exclude);
    this.trainFraction = trainFraction;
    this.rows = new CsvReader(file);
    this.labelColumn = label == null ? -1 : rows.header().indexOf(label);
    if (label != null && labelColumn < 0) {
      rows.close();
      throw new IOException(
          "%s has no column \"%s\" for --label; its columns are: %s"
              .formatted(file, label, String.join(", ", rows.header())));
    }
  }

  @Override
  public String name() {
    String stem = file.getFileName().toString().replaceFirst("\\.csv(\\.gz)?$", "");
    return stem.replaceAll("[^a-zA-Z0-9._-]", "-").toLowerCase(Locale.ROOT);
  }

  @Override
  public String description() {
    return file.toString();
  }

  @Override
  public String writeHistory(Path csv) throws IOException {
    long total = count();
    trained = (long) (total * trainFraction);
    if (trained < 1 || trained == total) {
      throw new IOException(
          "%s has %,d rows: too few for --train-fraction %s, both parts need some"
              .formatted(file, total, trainFraction));
    }
    try (BufferedWriter to = Files.newBufferedWriter(csv)) {
      to.write(rows.headerText());
      to.write('\n');
      for (long i = 0; i < trained; i++) {
        rows.next();
        to.write(rows.text());
        to.write('\n');
      }
    }
    return String.format(
        Locale.ROOT,
        "the first %,d of %,d rows; the other %,d will stream",
        trained,
        total,
        total - trained);
  }

  private long count() throws IOException {
    try (CsvReader all = new CsvReader(file)) {
      long count = 0;
      while (all.next() != null) {
        count++;
      }
      return count;
    }
  }

  @Override
  public List<String> trainingFlags() {
    List<String> flags = new ArrayList<>();
    if (label != null) {
      flags.addAll(List.of("--label", label));
    }
    if (!exclude.isEmpty()) {
      flags.addAll(List.of("--exclude", String.join(",", exclude)));
    }
    return flags;
  }

  @Override
  public void trained(Path model) throws IOException {
    try (Detector detector = Detector.open(model)) {
      schema = schema(detector.card().features());
    } catch (DetectorRefusedException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Schema schema(List<FeatureSpec> features) throws IOException {
    var fields = SchemaBuilder.record("Row").namespace("io.weir.demo").fields();
    List<String> done = new ArrayList<>();
    for (FeatureSpec feature : features) {
      String name = feature.field();
      if (done.contains(name)) {
        continue;
      }
      done.add(name);
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new IOException(
            "Column \"%s\" cannot be the name of an Avro field: rename it to letters, digits and _"
                .formatted(name));
      }
      featureColumns.put(rows.header().indexOf(name), feature);
      var type = fields.name(name).type().optional();
      fields =
          switch (feature) {
            case FeatureSpec.Numeric _ -> type.doubleType();
            case FeatureSpec.Flag _ -> type.booleanType();
            case FeatureSpec.Category _ -> type.stringType();
            // A timestamp's text is read as the trainer reads it.
            case FeatureSpec.CyclicTime _ -> type.stringType();
          };
    }
    return fields.endRecord();
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public StreamEvent next() throws IOException {
    List<String> row = rows.next();
    if (row == null) {
      return null;
    }
    long at = trained + number;
    GenericRecord value = new GenericData.Record(schema);
    featureColumns.forEach(
        (column, feature) ->
            value.put(
                feature.field(), column < row.size() ? value(feature, row.get(column)) : null));
    return new StreamEvent(
        number++, null, System.currentTimeMillis(), value, truth(row), "row %,d".formatted(at));
  }

  private static Object value(FeatureSpec feature, String text) {
    if (text.isBlank()) {
      return null;
    }
    return switch (feature) {
      case FeatureSpec.Numeric _ -> number(text.strip());
      case FeatureSpec.Flag _ -> flag(text.strip());
      case FeatureSpec.Category _ -> text;
      case FeatureSpec.CyclicTime _ -> text.strip();
    };
  }

  private static Double number(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "1", "yes", "y" -> true;
      case "false", "f", "0", "no", "n" -> false;
      default -> null;
    };
  }

  /// Anomalies in a row belong together: one incident.
  private Truth truth(List<String> row) {
    if (label == null) {
      return new Truth.Unknown();
    }
    String text = row.get(labelColumn).strip();
    boolean anomalous = !text.isEmpty() && !text.matches("0(\\.0*)?|(?i:false)");
    segment += anomalous && !wasAnomalous ? 1 : 0;
    wasAnomalous = anomalous;
    return anomalous
        ? new Truth.Anomaly("labelled anomaly", "segment " + segment)
        : new Truth.Normal();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
