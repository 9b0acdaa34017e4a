package io.weir.trainer.data.features;

import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.ask.ColumnHint;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.duckdb.ColumnKind;
import io.weir.trainer.data.duckdb.LoadedRows;
import io.weir.trainer.data.duckdb.RowSource;
import io.weir.trainer.data.duckdb.RowTable;
import io.weir.trainer.data.duckdb.Slot;
import io.weir.trainer.data.duckdb.SourceColumn;
import io.weir.trainer.data.duckdb.WantedColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The columns that a model's features ask for. What a column may hold follows the rules for an
/// event's fields: a number takes numbers and booleans; a flag booleans, 0 and 1, `true` and
/// `false`; a category texts, whole numbers and booleans; a cyclic time timestamps, dates, whole
/// milliseconds since 1970 and ISO-8601 texts.
public final class FeatureBinding {
  private FeatureBinding() {}

  /// The SQL types that a text file's columns have for the sake of the features.
  public static Map<String, String> csvTypes(List<FeatureSpec> features) {
    Map<String, String> types = new LinkedHashMap<>();
    for (FeatureSpec feature : features) {
      switch (feature) {
        case Numeric _ -> types.put(feature.field(), "DOUBLE");
        case Category _ -> types.put(feature.field(), "VARCHAR");
        case Flag _, CyclicTime _ -> {}
      }
    }
    return types;
  }

  /// Finds the columns by the features' fields and loads the rows.
  ///
  /// @throws DataException for every mistake in the data or the request
  public static FeaturePlan bind(
      RowSource source, DataRequest request, List<FeatureSpec> features) {
    String location = request.source().location();
    Map<String, SourceColumn> found = find(source.columns(), features, request);
    List<WantedColumn> wanted = new ArrayList<>();
    List<Slot> slots = new ArrayList<>();
    for (FeatureSpec feature : features) {
      WantedColumn column =
          new WantedColumn(found.get(feature.field()), readAs(feature, found.get(feature.field())));
      int index = wanted.indexOf(column);
      slots.add(new Slot(feature, index < 0 ? wanted.size() : index));
      if (index < 0) {
        wanted.add(column);
      }
    }
    String labelName = request.roles().label();
    int label = labelName == null ? -1 : wanted.size();
    if (label >= 0) {
      wanted.add(new WantedColumn(found.get(labelName), ColumnKind.TEXT));
    }
    String weightName = request.roles().weight();
    int weight = weightName == null ? -1 : wanted.size();
    if (weight >= 0) {
      Weights.requireNumbers(found.get(weightName));
      wanted.add(new WantedColumn(found.get(weightName), ColumnKind.NUMBER));
    }
    TimedColumns timed =
        TimedColumns.of(
            found.get(request.roles().key()), found.get(request.roles().time()), request);
    timed.addTo(wanted);
    RowTable table = source.read(wanted);
    TableRows.require(table, request.source());
    List<String> normal = List.of();
    if (label >= 0) {
      normal = Labels.of(table, label, request.roles()).normalTexts();
      if (request.roles().normalRowsOnly()) {
        table.keep(label, normal);
      }
    }
    timed.leaveOut(table, location);
    LoadedRows rows = table.load(slots, label, normal, weight, timed.arrivals(table));
    ValueCheck.requireScorable(features, rows, location);
    Weights.require(rows, weightName, location);
    return new FeaturePlan(
        slots,
        List.of(),
        reports(source, features, found),
        table.rowsPerFile(),
        rows,
        EventRate.perDay(source, request));
  }

  /// The columns by the name they were asked for with.
  private static Map<String, SourceColumn> find(
      List<SourceColumn> columns, List<FeatureSpec> features, DataRequest request) {
    List<String> names = columns.stream().map(SourceColumn::name).toList();
    Map<String, SourceColumn> found = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (FeatureSpec feature : features) {
      SourceColumn column = find(columns, feature.field());
      if (column == null) {
        problems.add(
            "the model's feature '%s' needs a column '%s', which does not exist. %s"
                .formatted(feature.name(), feature.field(), ColumnHint.of(feature.field(), names)));
      } else if (readAs(feature, column) == null) {
        problems.add(
            "column '%s' is %s, which the model's feature '%s' cannot take: %s. Convert it in a query"
                .formatted(column.name(), column.type(), feature.name(), rule(feature)));
      } else {
        found.put(feature.field(), column);
      }
    }
    find("label", request.roles().label(), columns, found, problems);
    find("weight", request.roles().weight(), columns, found, problems);
    if (request.timing().arrivals()) {
      find("key", request.roles().key(), columns, found, problems);
    }
    if (request.timing().arrivals() || !request.timing().excluded().isEmpty()) {
      find("time", request.roles().time(), columns, found, problems);
    }
    if (!problems.isEmpty()) {
      throw new DataException(request.source().location() + ": " + String.join("\n", problems));
    }
    return found;
  }

  private static void find(
      String role,
      String name,
      List<SourceColumn> columns,
      Map<String, SourceColumn> found,
      List<String> problems) {
    if (name == null) {
      return;
    }
    SourceColumn column = find(columns, name);
    if (column == null) {
      problems.add(
          "the %s column '%s' does not exist. If it is named differently here, name it with --%s. %s"
              .formatted(
                  role,
                  name,
                  role,
                  ColumnHint.of(name, columns.stream().map(SourceColumn::name).toList())));
    } else {
      found.put(name, column);
    }
  }

  /// SQL names do not tell upper from lower case, so a source never has two that differ in it only.
  private static SourceColumn find(List<SourceColumn> columns, String name) {
    return columns.stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  /// What a column is read as for a feature, null where it cannot be.
  private static ColumnKind readAs(FeatureSpec feature, SourceColumn column) {
    ColumnKind kind = column.kind();
    if (kind == ColumnKind.OTHER) {
      return null;
    }
    boolean empty = column.type().contains("NULL");
    return switch (feature) {
      case Numeric _ ->
          kind == ColumnKind.TIME || kind == ColumnKind.TEXT && !empty ? null : ColumnKind.NUMBER;
      case Flag _ ->
          switch (kind) {
            case BOOLEAN, TEXT -> ColumnKind.BOOLEAN;
            case NUMBER, INTEGER -> ColumnKind.NUMBER;
            case TIME, OTHER -> null;
          };
      case Category _ ->
          kind == ColumnKind.NUMBER || kind == ColumnKind.TIME ? null : ColumnKind.TEXT;
      case CyclicTime _ ->
          kind == ColumnKind.NUMBER || kind == ColumnKind.BOOLEAN ? null : ColumnKind.TIME;
    };
  }

  private static String rule(FeatureSpec feature) {
    return switch (feature) {
      case Numeric _ -> "it takes a number";
      case Flag _ -> "it takes a boolean";
      case Category _ -> "it takes a text, a whole number or a boolean";
      case CyclicTime _ -> "it takes a timestamp, a date or whole milliseconds since 1970";
    };
  }

  private static List<ColumnReport> reports(
      RowSource source, List<FeatureSpec> features, Map<String, SourceColumn> found) {
    List<ColumnReport> reports = new ArrayList<>();
    for (SourceColumn column : source.columns()) {
      List<String> uses = new ArrayList<>();
      features.stream()
          .filter(feature -> column.equals(found.get(feature.field())))
          .forEach(feature -> uses.add(feature.name()));
      reports.add(
          new ColumnReport(
              column.name(),
              column.type(),
              uses.isEmpty() ? "ignored" : "feature",
              String.join(", ", uses)));
    }
    return reports;
  }
}
