package io.weir.trainer.grid;

import io.weir.trainer.config.Variant;
import io.weir.trainer.grid.FoldScore.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One training as a line of `runs.csv`. Numbers read back to the same bits; what is unset or not
/// measured is an empty field.
///
/// @param key the fields that tell trainings apart
record ScoreLine(String key, FoldScore score) {
  private static final List<String> KEY =
      List.of("preset", "kind", "depth", "latent", "beta", "fold");
  private static final List<String> REST =
      List.of("outcome", "parameters", "epoch", "training_loss");
  private static final int METRICS = Metric.values().length;

  static final String HEADER =
      Stream.of(KEY.stream(), REST.stream(), labels("validation_"), labels("test_"))
          .flatMap(names -> names)
          .collect(Collectors.joining(","));

  private static Stream<String> labels(String prefix) {
    return Stream.of(Metric.values()).map(metric -> prefix + metric.label());
  }

  /// The beginning of the line of a training.
  static String key(Variant variant, int fold) {
    return "%s,%d".formatted(fields(variant), fold);
  }

  /// The variant alone, as columns `preset,kind,depth,latent,beta`.
  static String fields(Variant variant) {
    return "%s,%s,%s,%s,%s"
        .formatted(
            variant.preset().label(),
            variant.kindName(),
            orEmpty(variant.depth()),
            orEmpty(variant.latent()),
            orEmpty(variant.beta()));
  }

  private static String orEmpty(Object value) {
    return value == null ? "" : value.toString();
  }

  static ScoreLine of(Variant variant, FoldScore score) {
    return new ScoreLine(key(variant, score.fold()), score);
  }

  /// @throws IllegalArgumentException if the text is no such line
  static ScoreLine parse(String line) {
    String[] fields = line.split(",", -1);
    int expected = KEY.size() + REST.size() + 2 * METRICS;
    if (fields.length != expected) {
      throw new IllegalArgumentException(
          "%d fields instead of %d".formatted(fields.length, expected));
    }
    int at = KEY.size();
    FoldScore score =
        new FoldScore(
            Integer.parseInt(fields[at - 1]),
            Outcome.valueOf(fields[at].toUpperCase(Locale.ROOT)),
            Long.parseLong(fields[at + 1]),
            Integer.parseInt(fields[at + 2]),
            fields[at + 3].isEmpty() ? Double.NaN : Double.parseDouble(fields[at + 3]),
            metrics(fields, at + REST.size()),
            metrics(fields, at + REST.size() + METRICS));
    return new ScoreLine(
        Stream.of(fields).limit(KEY.size()).collect(Collectors.joining(",")), score);
  }

  private static Map<Metric, Double> metrics(String[] fields, int from) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      String field = fields[from + metric.ordinal()];
      if (!field.isEmpty()) {
        values.put(metric, Double.parseDouble(field));
      }
    }
    return values;
  }

  /// The line, without its end.
  String text() {
    StringBuilder line = new StringBuilder(key);
    line.append(',').append(score.outcome().name().toLowerCase(Locale.ROOT));
    line.append(',').append(score.parameters()).append(',').append(score.epoch()).append(',');
    line.append(Double.isNaN(score.trainingLoss()) ? "" : score.trainingLoss());
    append(line, score.validation());
    append(line, score.test());
    return line.toString();
  }

  private static void append(StringBuilder line, Map<Metric, Double> values) {
    for (Metric metric : Metric.values()) {
      line.append(',').append(values.containsKey(metric) ? values.get(metric).toString() : "");
    }
  }
}
