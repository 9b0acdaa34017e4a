package io.weir.trainer.data.features;

import io.weir.schemas.features.Cycle;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.duckdb.ColumnProfile;
import io.weir.trainer.data.duckdb.RowTable;
import io.weir.trainer.data.duckdb.RowTable.Word;
import io.weir.trainer.data.duckdb.SourceColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Decides what a column becomes, by its type and by what the rows hold.
/// - Numbers become numbers, whole numbers of 0 and 1 too: an event may bring a 2 one day.
/// - Booleans become flags.
/// - Texts of at most [#MOST_WORDS] different words become categories.
/// - Timestamps become the cycles of which the rows show at least two turns: time of day, day of
///   week. A cycle seen once would call every later time an anomaly.
///
/// A column without values, or with the same value everywhere, is left out: it tells normal rows
/// apart in no way. Named in full, a constant one is kept.
final class CandidateJudge {
  /// The largest vocabulary.
  static final int MOST_WORDS = 64;

  private static final int TURNS = 2;
  private static final double MICROS = 1e6;

  /// The estimate of many different words is off by a few percent: exact counts up to here.
  private static final int COUNTED_EXACTLY = 4 * MOST_WORDS;

  private final RowTable table;
  private final long rows;

  CandidateJudge(RowTable table, long rows) {
    this.table = table;
    this.rows = rows;
  }

  /// @param index the column's position in the table
  /// @param named whether it was asked for by name
  Verdict judge(SourceColumn column, int index, ColumnProfile profile, boolean named) {
    if (profile.present() == 0) {
      return Verdict.leftOut("no values");
    }
    return switch (column.kind()) {
      case NUMBER, INTEGER -> number(column, profile, named);
      case BOOLEAN -> flag(column, profile, named);
      case TEXT -> text(column, index, profile, named);
      case TIME -> time(column, profile, named);
      case OTHER -> throw new IllegalArgumentException(column.type() + " is never a candidate");
    };
  }

  private Verdict number(SourceColumn column, ColumnProfile profile, boolean named) {
    float min = (float) profile.min();
    float max = (float) profile.max();
    if (min == max && profile.infinite() == 0 && !named) {
      return constant(shortest(min), profile);
    }
    return Verdict.feature(
        new Numeric(column.name(), column.name(), nullable(profile)),
        "number",
        "%s to %s%s".formatted(shortest(min), shortest(max), missing(profile)));
  }

  private Verdict flag(SourceColumn column, ColumnProfile profile, boolean named) {
    if (profile.min() == profile.max() && !named) {
      return constant(profile.min() == 0 ? "false" : "true", profile);
    }
    return Verdict.feature(
        new Flag(column.name(), column.name(), nullable(profile)),
        "flag",
        missing(profile).replaceFirst(", ", ""));
  }

  private Verdict text(SourceColumn column, int index, ColumnProfile profile, boolean named) {
    List<String> vocabulary = List.of();
    if (profile.words() <= COUNTED_EXACTLY) {
      vocabulary =
          table.words(index, COUNTED_EXACTLY * 2).stream()
              .map(Word::text)
              .filter(text -> text != null)
              .toList();
    }
    long words = vocabulary.isEmpty() ? profile.words() : vocabulary.size();
    if (words > MOST_WORDS) {
      String reason = tooManyWords(index, profile, words, vocabulary.isEmpty());
      return named
          ? Verdict.impossible("column '%s': %s".formatted(column.name(), reason))
          : Verdict.leftOut(reason);
    }
    if (words == 1 && !named) {
      return constant("'" + vocabulary.getFirst() + "'", profile);
    }
    String shown =
        vocabulary.stream().limit(4).collect(Collectors.joining(", "))
            + (words > 4 ? ", ..." : "")
            + missing(profile);
    return Verdict.feature(
        new Category(column.name(), column.name(), nullable(profile), vocabulary),
        "category (%d words)".formatted(words),
        shown);
  }

  private String tooManyWords(int index, ColumnProfile profile, long words, boolean estimated) {
    if (profile.numbers() == profile.present()) {
      return "numbers written as text: select CAST(... AS DOUBLE) in a query to use them";
    }
    if (2 * profile.numbers() > profile.present()) {
      Word odd = table.firstText(index);
      return "numbers mixed with %d texts, such as '%s' in row %d: clean them in a query to use them"
          .formatted(odd.count(), odd.text(), odd.firstRow());
    }
    return "%s%d different words, more than %d"
        .formatted(estimated ? "about " : "", words, MOST_WORDS);
  }

  private Verdict time(SourceColumn column, ColumnProfile profile, boolean named) {
    double days = (profile.max() - profile.min()) / MICROS / Cycle.TIME_OF_DAY.seconds();
    List<FeatureSpec> features = new ArrayList<>();
    List<String> cycles = new ArrayList<>();
    for (Cycle cycle : List.of(Cycle.TIME_OF_DAY, Cycle.DAY_OF_WEEK)) {
      boolean seen = days >= (double) TURNS * cycle.seconds() / Cycle.TIME_OF_DAY.seconds();
      boolean dateOnly = column.type().equals("DATE") && cycle == Cycle.TIME_OF_DAY;
      if ((seen || named) && !dateOnly) {
        String word = cycle.name().toLowerCase(Locale.ROOT);
        features.add(
            new CyclicTime(column.name() + "@" + word, column.name(), nullable(profile), cycle));
        cycles.add(word.replace('_', ' '));
      }
    }
    String span = "spans %s days".formatted(shortest((float) (Math.round(days * 10) / 10.0)));
    return features.isEmpty()
        ? Verdict.leftOut(span + ", less than two turns of any cycle")
        : new Verdict(
            features, "cyclic " + String.join(", ", cycles), span + missing(profile), null);
  }

  private Verdict constant(String value, ColumnProfile profile) {
    return Verdict.leftOut(
        nullable(profile) ? "always %s or missing".formatted(value) : "always " + value);
  }

  private boolean nullable(ColumnProfile profile) {
    return profile.present() < rows;
  }

  private String missing(ColumnProfile profile) {
    return nullable(profile) ? ", %d missing".formatted(rows - profile.present()) : "";
  }

  private static String shortest(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e7
        ? Long.toString((long) value)
        : Float.toString(value);
  }
}
