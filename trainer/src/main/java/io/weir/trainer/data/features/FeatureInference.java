package io.weir.trainer.data.features;

import io.weir.schemas.features.FeatureSpec;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.ValueRange;
import io.weir.trainer.data.duckdb.ColumnKind;
import io.weir.trainer.data.duckdb.ColumnProfile;
import io.weir.trainer.data.duckdb.LoadedRows;
import io.weir.trainer.data.duckdb.RowSource;
import io.weir.trainer.data.duckdb.RowTable;
import io.weir.trainer.data.duckdb.Slot;
import io.weir.trainer.data.duckdb.SourceColumn;
import io.weir.trainer.data.duckdb.WantedColumn;
import io.weir.trainer.data.features.ColumnChoice.Role;
import io.weir.trainer.data.prepare.Treatment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The features that the columns of a source make, for training.
public final class FeatureInference {
  private static final int SHOWN = 20;

  private FeatureInference() {}

  /// Decides on the features and loads the rows. The features stand in the order of the source's
  /// columns; only the rows that are loaded count for the decision.
  ///
  /// @throws DataException for every mistake in the data or the request
  public static FeaturePlan infer(RowSource source, DataRequest request) {
    String location = request.source().location();
    List<ColumnChoice> choices = ColumnChoices.of(source.columns(), request);
    TimedColumns timed =
        TimedColumns.of(
            named(source, request.roles().key()), named(source, request.roles().time()), request);
    List<WantedColumn> wanted = wanted(choices);
    timed.addTo(wanted);
    RowTable table = source.read(wanted);
    TableRows.require(table, request.source());
    int label = position(table, choices, Role.LABEL);
    List<String> normal = List.of();
    if (label >= 0) {
      Labels labels = Labels.of(table, label, request.roles());
      normal = labels.normalTexts();
      if (request.roles().normalRowsOnly()) {
        table.keep(label, normal);
      }
    }
    timed.leaveOut(table, location);
    List<ColumnReport> reports = new ArrayList<>();
    List<Slot> slots = judge(table, choices, reports);
    List<FeatureSpec> features = slots.stream().map(Slot::feature).toList();
    if (features.isEmpty()) {
      throw new DataException(
          "%s: no column can be a feature:\n%s"
              .formatted(location, ColumnTable.print(reports.stream().limit(SHOWN).toList())));
    }
    List<Treatment> treatments =
        TreatmentChoice.of(features, ranges(table, slots), request.treatments());
    int weight = position(table, choices, Role.WEIGHT);
    LoadedRows rows = table.load(slots, label, normal, weight, timed.arrivals(table));
    ValueCheck.requireTrainable(features, treatments, rows, location);
    Weights.require(rows, request.roles().weight(), location);
    return new FeaturePlan(
        slots, treatments, reports, table.rowsPerFile(), rows, EventRate.perDay(source, request));
  }

  private static List<WantedColumn> wanted(List<ColumnChoice> choices) {
    List<WantedColumn> wanted = new ArrayList<>();
    for (ColumnChoice choice : choices) {
      switch (choice.role()) {
        case CANDIDATE -> wanted.add(WantedColumn.of(choice.column()));
        case LABEL -> wanted.add(new WantedColumn(choice.column(), ColumnKind.TEXT));
        case WEIGHT -> {
          Weights.requireNumbers(choice.column());
          wanted.add(new WantedColumn(choice.column(), ColumnKind.NUMBER));
        }
        case KEY, TIME, EXCLUDED, ASIDE, UNSUPPORTED -> {}
      }
    }
    return wanted;
  }

  private static SourceColumn named(RowSource source, String name) {
    return source.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static int position(RowTable table, List<ColumnChoice> choices, Role role) {
    return choices.stream()
        .filter(choice -> choice.role() == role)
        .findFirst()
        .map(choice -> table.indexOf(choice.column()))
        .orElse(-1);
  }

  private static List<Slot> judge(
      RowTable table, List<ColumnChoice> choices, List<ColumnReport> reports) {
    CandidateJudge judge = new CandidateJudge(table, table.rows());
    List<ColumnProfile> profiles = table.profile();
    List<Slot> slots = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (ColumnChoice choice : choices) {
      Verdict verdict =
          switch (choice.role()) {
            case CANDIDATE -> {
              int index = table.indexOf(choice.column());
              yield judge.judge(choice.column(), index, profiles.get(index), choice.named());
            }
            case LABEL -> new Verdict(List.of(), "label", "", null);
            case WEIGHT -> new Verdict(List.of(), "weight", "", null);
            case KEY -> new Verdict(List.of(), "key", "", null);
            case TIME -> new Verdict(List.of(), "time", "", null);
            case EXCLUDED -> Verdict.leftOut("not selected");
            case ASIDE -> Verdict.leftOut("a feature only if it is included by name");
            case UNSUPPORTED -> unsupported(choice);
          };
      verdict
          .features()
          .forEach(feature -> slots.add(new Slot(feature, table.indexOf(choice.column()))));
      if (verdict.problem() != null) {
        problems.add(verdict.problem());
      }
      reports.add(
          new ColumnReport(
              choice.column().name(), choice.column().type(), verdict.outcome(), verdict.note()));
    }
    if (!problems.isEmpty()) {
      throw new DataException(problems.stream().collect(Collectors.joining("\n")));
    }
    return slots;
  }

  /// What the format says about each feature's range, null for nothing.
  private static List<ValueRange> ranges(RowTable table, List<Slot> slots) {
    List<ValueRange> ranges = new ArrayList<>();
    slots.forEach(slot -> ranges.add(table.columns().get(slot.column()).column().range()));
    return ranges;
  }

  private static Verdict unsupported(ColumnChoice choice) {
    String reason = "a %s is no single value".formatted(choice.column().type());
    return choice.named()
        ? Verdict.impossible("column '%s': %s".formatted(choice.column().name(), reason))
        : Verdict.leftOut(reason);
  }
}
