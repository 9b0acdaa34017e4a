package io.weir.schemas.features;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.Locale;

/// Says a raw feature value in words, where a number alone would not be understood.
public final class ValueText {
  private static final int DAY = 86_400;

  /// The cycle of the year has 366 days.
  private static final int LEAP_YEAR = 2024;

  private ValueText() {}

  /// The word of a category, `true` or `false`, a time; null for numbers and for missing values.
  ///
  /// @param value raw, as in the model's `features` and `expected`
  public static String of(FeatureSpec feature, float value) {
    if (Float.isNaN(value)) {
      return null;
    }
    return switch (feature) {
      case FeatureSpec.Numeric _ -> null;
      case FeatureSpec.Flag _ -> String.valueOf(value >= 0.5f);
      case FeatureSpec.Category category -> word(category, Math.round(value));
      case FeatureSpec.CyclicTime time -> time(time.cycle(), value);
    };
  }

  private static String word(FeatureSpec.Category category, int index) {
    return index >= 0 && index < category.vocabulary().size()
        ? category.vocabulary().get(index)
        : "(unknown)";
  }

  private static String time(Cycle cycle, float value) {
    int second = Math.floorMod((int) value, cycle.seconds());
    LocalTime time = LocalTime.ofSecondOfDay(second % DAY);
    int day = second / DAY;
    return switch (cycle) {
      case TIME_OF_DAY -> time.toString();
      case DAY_OF_WEEK ->
          DayOfWeek.of(day + 1).getDisplayName(TextStyle.SHORT, Locale.ENGLISH) + " " + time;
      case DAY_OF_YEAR -> {
        LocalDate date = LocalDate.ofYearDay(LEAP_YEAR, day + 1);
        yield date.getDayOfMonth()
            + " "
            + date.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
            + " "
            + time;
      }
    };
  }
}
