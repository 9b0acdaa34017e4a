package io.weir.trainer.data.features;

import io.weir.trainer.data.ask.ColumnHint;
import io.weir.trainer.data.ask.ColumnPattern;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.DataRequest.Roles;
import io.weir.trainer.data.ask.DataRequest.Selection;
import io.weir.trainer.data.duckdb.ColumnKind;
import io.weir.trainer.data.duckdb.SourceColumn;
import io.weir.trainer.data.duckdb.SourceColumn.Purpose;
import io.weir.trainer.data.features.ColumnChoice.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Goes through the columns with the request: roles first, then the selection.
final class ColumnChoices {
  private ColumnChoices() {}

  /// One choice per column, in the order of the source.
  ///
  /// @throws DataException where the request names columns that are not there: all of them at once
  static List<ColumnChoice> of(List<SourceColumn> columns, DataRequest request) {
    requireNames(columns, request);
    return columns.stream()
        .map(
            column ->
                new ColumnChoice(
                    column,
                    role(column, request),
                    column.purpose() == Purpose.PART
                        || request.selection().include().contains(column.name())))
        .toList();
  }

  private static Role role(SourceColumn column, DataRequest request) {
    Roles roles = request.roles();
    Selection selection = request.selection();
    String name = column.name();
    if (name.equals(roles.label())) {
      return Role.LABEL;
    }
    if (name.equals(roles.weight())) {
      return Role.WEIGHT;
    }
    if (name.equals(roles.key())) {
      return Role.KEY;
    }
    boolean aside = column.purpose() == Purpose.ASIDE && !selection.include().contains(name);
    if (name.equals(roles.time()) && (aside || column.kind() != ColumnKind.TIME)) {
      return Role.TIME;
    }
    boolean included =
        selection.include().isEmpty() || ColumnPattern.anyMatches(selection.include(), name);
    if (aside) {
      return Role.ASIDE;
    }
    if (!included || ColumnPattern.anyMatches(selection.exclude(), name)) {
      return Role.EXCLUDED;
    }
    return column.kind() == ColumnKind.OTHER ? Role.UNSUPPORTED : Role.CANDIDATE;
  }

  private static void requireNames(List<SourceColumn> columns, DataRequest request) {
    List<String> names = columns.stream().map(SourceColumn::name).toList();
    List<String> problems = new ArrayList<>();
    Map<String, String> roles = new LinkedHashMap<>();
    roles.put("label", request.roles().label());
    roles.put("weight", request.roles().weight());
    roles.put("key", request.roles().key());
    roles.put("time", request.roles().time());
    roles.forEach(
        (role, name) -> {
          if (name != null && !names.contains(name)) {
            problems.add(
                "the %s column '%s' does not exist. %s"
                    .formatted(role, name, ColumnHint.of(name, names)));
          }
        });
    Map<String, List<String>> lists = new LinkedHashMap<>();
    lists.put("included", request.selection().include());
    lists.put("excluded", request.selection().exclude());
    lists.put("log10", request.treatments().log10());
    lists.put("log1p", request.treatments().log1p());
    lists.put("scaled", List.copyOf(request.treatments().scalings().keySet()));
    lists.forEach(
        (list, patterns) -> {
          for (String pattern : patterns) {
            if (names.stream().noneMatch(new ColumnPattern(pattern)::matches)) {
              problems.add(
                  "the %s column '%s' does not exist. %s"
                      .formatted(list, pattern, ColumnHint.of(pattern, names)));
            }
          }
        });
    if (!problems.isEmpty()) {
      throw new DataException(request.source().location() + ": " + String.join("\n", problems));
    }
  }
}
