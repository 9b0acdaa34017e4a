package io.weir.streams.mute;

import io.weir.schemas.NearestNames;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the schedule of an ignore rule: `Mon-Fri 01:00-03:00 Europe/Berlin`. Days may be `Mon,Wed`
/// or left out, the zone may be left out for UTC.
final class ScheduleText {
  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final Pattern HOURS = Pattern.compile("(\\d{2}):(\\d{2})-(\\d{2}):(\\d{2})");
  private static final int DAY = 24 * 60;

  private ScheduleText() {}

  static Schedule read(RuleText rule) throws InvalidRuleException {
    RuleText.Word word = rule.value("hours, such as 01:00-03:00,");
    Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
    if (!HOURS.matcher(word.text()).matches() && !word.text().contains(":")) {
      days = days(rule, word.text());
      word = rule.value("hours, such as 01:00-03:00,");
    }
    Matcher hours = HOURS.matcher(word.text());
    if (!hours.matches()) {
      throw rule.wrong("hours look like 01:00-03:00, not like %s".formatted(word));
    }
    int from = minute(rule, hours.group(1), hours.group(2));
    int to = minute(rule, hours.group(3), hours.group(4));
    if (from == to || from == DAY) {
      throw rule.wrong("%s is no time at all: a whole day is 00:00-24:00".formatted(word));
    }
    return new Schedule(days, from, to, zone(rule));
  }

  private static int minute(RuleText rule, String hour, String minute) throws InvalidRuleException {
    int time = Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
    if (Integer.parseInt(minute) > 59 || time > DAY) {
      throw rule.wrong("%s:%s is no time of day, 00:00 to 24:00".formatted(hour, minute));
    }
    return time;
  }

  private static Set<DayOfWeek> days(RuleText rule, String text) throws InvalidRuleException {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",", -1)) {
      int dash = part.indexOf('-');
      DayOfWeek first = day(rule, dash < 0 ? part : part.substring(0, dash));
      DayOfWeek last = dash < 0 ? first : day(rule, part.substring(dash + 1));
      for (DayOfWeek day = first; day != last; day = day.plus(1)) {
        days.add(day);
      }
      days.add(last);
    }
    return days;
  }

  private static DayOfWeek day(RuleText rule, String text) throws InvalidRuleException {
    int day = DAYS.indexOf(text);
    if (day < 0) {
      throw rule.wrong(
          "'%s' is no day; days are %s, as in Mon-Fri or Sat,Sun"
              .formatted(text, String.join(" ", DAYS)));
    }
    return DayOfWeek.of(day + 1);
  }

  private static ZoneId zone(RuleText rule) throws InvalidRuleException {
    if (rule.atEnd() || rule.peek().is("and")) {
      return ZoneOffset.UTC;
    }
    String name = rule.take().text();
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw rule.wrong(
          "there is no time zone %s%s"
              .formatted(
                  name,
                  NearestNames.of(name, ZoneId.getAvailableZoneIds())
                      .map(near -> "; the nearest is " + near)
                      .orElse("; zones look like Europe/Berlin, UTC or +02:00")));
    }
  }
}
