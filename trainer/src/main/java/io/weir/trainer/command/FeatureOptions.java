package io.weir.trainer.command;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.Nearest;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.DataRequest.Roles;
import io.weir.trainer.data.ask.DataRequest.Selection;
import io.weir.trainer.data.ask.DataRequest.Treatments;
import io.weir.trainer.data.ask.ValueRange;
import io.weir.trainer.data.topic.TopicFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/// The flags that say which columns become features, and how.
final class FeatureOptions {
  private static final List<String> SCALINGS =
      Arrays.stream(Scaling.values()).map(Words::of).toList();

  private static final Pattern RANGE = Pattern.compile("(.*)\\.\\.(.*)");

  @Option(
      names = "--include",
      paramLabel = "COLUMNS",
      split = ",",
      description = "Only these columns; * and ? stand for any text and any character.")
  List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "COLUMNS",
      split = ",",
      description = "Not these columns, patterns as in --include.")
  List<String> exclude = new ArrayList<>();

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description =
          "Tells anomalies (1, true) from normal rows (0, false), which alone train, unless there"
              + " is a classifier, which needs both.")
  String label;

  @Option(
      names = "--normal-label",
      paramLabel = "VALUE",
      description = "The label of normal rows, where it is not 0; every other one is an anomaly.")
  String normalLabel;

  @Option(
      names = "--all-rows",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Train on the anomalies of --label, too.")
  boolean allRows;

  @Option(
      names = "--weight",
      paramLabel = "COLUMN",
      description = "How much each row counts in the reconstruction loss: at least 0.")
  String weight;

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "Names the row's entity; no feature (of a topic: kafka_key).")
  String key;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description =
          "When the row happened; a timestamp still gives its cyclic features (of a topic:"
              + " kafka_timestamp, which gives none).")
  String time;

  @Option(
      names = "--log10",
      paramLabel = "COLUMNS",
      split = ",",
      description = "Take the decimal logarithm of these, which must be above 0.")
  List<String> log10 = new ArrayList<>();

  @Option(
      names = "--log1p",
      paramLabel = "COLUMNS",
      split = ",",
      description = "Take ln(1 + x) of these, which must be above -1.")
  List<String> log1p = new ArrayList<>();

  @Option(
      names = "--scale",
      paramLabel = "HOW",
      split = ",",
      description = {
        "none, min_max, standard or robust for all numbers (by preset),",
        "COLUMN=HOW for some: --scale robust,count=none. FROM..TO is min_max between these values:"
            + " --scale 0..255, which pixels of IDX files have by themselves."
      })
  List<String> scale = new ArrayList<>();

  /// Gives key and time, where no flag does, to the columns that rows of a topic have for them.
  void assumeRoles(SourceOptions source) {
    if (source.fromTopic()) {
      key = key == null ? TopicFields.KEY : key;
      time = time == null ? TopicFields.TIMESTAMP : time;
    }
  }

  /// The scaling of all features, where one is given.
  Optional<Scaling> scaling() {
    List<String> forAll = scale.stream().filter(s -> s.indexOf('=') < 0).toList();
    if (forAll.size() > 1) {
      throw new ConfigException(
          "--scale %s: one scaling for all, then COLUMN=HOW for some"
              .formatted(String.join(",", scale)));
    }
    return forAll.stream()
        .findFirst()
        .map(how -> range(how).isPresent() ? Scaling.MIN_MAX : scaling(how));
  }

  /// What is asked of the labels, such as `fraud normal`; null for nothing.
  ///
  /// @param supervised whether anomalies train, too
  String labelFilter(boolean supervised) {
    return normalRowsOnly(supervised) ? label + " normal" : null;
  }

  private boolean normalRowsOnly(boolean supervised) {
    return label != null && !allRows && !supervised;
  }

  /// The given flags that only new features can follow.
  List<String> ofNewFeatures() {
    Map<String, List<String>> given = new LinkedHashMap<>();
    given.put("--include", include);
    given.put("--exclude", exclude);
    given.put("--log10", log10);
    given.put("--log1p", log1p);
    given.put("--scale", scale);
    return given.entrySet().stream()
        .filter(flag -> !flag.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The columns with a meaning of their own.
  ///
  /// @param supervised whether anomalies train, too
  Roles roles(boolean supervised) {
    return new Roles(label, normalLabel, normalRowsOnly(supervised), weight, key, time);
  }

  /// The request for training rows.
  ///
  /// @param scaling of every feature that has none of its own
  /// @param supervised whether anomalies train, too
  DataRequest request(DataRequest.Source source, Scaling scaling, boolean supervised) {
    Map<String, Scaling> scalings = new LinkedHashMap<>();
    Map<String, ValueRange> ranges = new LinkedHashMap<>();
    for (String item : scale) {
      int at = item.lastIndexOf('=');
      String columns = at < 0 ? "*" : item.substring(0, at);
      String how = item.substring(at + 1);
      range(how).ifPresent(range -> ranges.put(columns, range));
      if (at >= 0) {
        scalings.put(columns, range(how).isPresent() ? Scaling.MIN_MAX : scaling(how));
      }
    }
    return new DataRequest(
        source,
        new Selection(include, exclude),
        roles(supervised),
        new Treatments(log10, log1p, scaling, scalings, ranges, scaling().isEmpty()));
  }

  private static Optional<ValueRange> range(String how) {
    Matcher range = RANGE.matcher(how);
    if (!range.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ValueRange(Float.parseFloat(range.group(1)), Float.parseFloat(range.group(2))));
    } catch (NumberFormatException _) {
      throw new ConfigException(
          "Scaling \"%s\": FROM..TO are two numbers, such as 0..255".formatted(how));
    }
  }

  private static Scaling scaling(String word) {
    String wanted = word.toLowerCase(Locale.ROOT).replace('-', '_');
    int at = SCALINGS.indexOf("minmax".equals(wanted) ? "min_max" : wanted);
    if (at < 0) {
      throw new ConfigException(
          "Scaling \"%s\" is unknown%s Scalings: %s"
              .formatted(word, Nearest.hint(wanted, SCALINGS), String.join(", ", SCALINGS)));
    }
    return Scaling.values()[at];
  }
}
