package io.weir.schemas.features;

/// Reads ISO-8601 dates and date-times from UTF-8 bytes: `2026-03-01`, `2026-03-01T08:15`,
/// `2026-03-01T08:15:30.250Z`, `2026-03-01 08:15:30+01:00`. Without an offset it is UTC.
final class IsoTime {
  /// No time stands there.
  static final long INVALID = Long.MIN_VALUE;

  private IsoTime() {}

  /// Microseconds since 1970-01-01T00:00:00Z, finer digits cut off; [#INVALID] for anything else.
  static long epochMicros(byte[] b, int from, int to) {
    int year = digits(b, from, to, 4);
    int month = digits(b, from + 5, to, 2);
    int day = digits(b, from + 8, to, 2);
    if (year < 0
        || month < 1
        || month > 12
        || day < 1
        || day > daysIn(year, month)
        || b[from + 4] != '-'
        || b[from + 7] != '-') {
      return INVALID;
    }
    long seconds = epochDay(year, month, day) * 86_400;
    int at = from + 10;
    if (at == to) {
      return seconds * 1_000_000;
    }
    int hour = digits(b, at + 1, to, 2);
    int minute = digits(b, at + 4, to, 2);
    if (b[at] != 'T' && b[at] != 't' && b[at] != ' '
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || b[at + 3] != ':') {
      return INVALID;
    }
    seconds += hour * 3_600 + minute * 60;
    at += 6;
    long micros = 0;
    if (at < to && b[at] == ':') {
      int second = digits(b, at + 1, to, 2);
      if (second < 0 || second > 59) {
        return INVALID;
      }
      seconds += second;
      at += 3;
      if (at < to && (b[at] == '.' || b[at] == ',')) {
        int first = ++at;
        for (long unit = 100_000; at < to && b[at] >= '0' && b[at] <= '9'; at++, unit /= 10) {
          micros += (b[at] - '0') * unit;
        }
        if (at == first) {
          return INVALID;
        }
      }
    }
    int offset = offsetSeconds(b, at, to);
    return offset == Integer.MIN_VALUE ? INVALID : (seconds - offset) * 1_000_000 + micros;
  }

  /// Nothing, `Z`, `+hh`, `+hhmm` or `+hh:mm`, to the end.
  private static int offsetSeconds(byte[] b, int at, int to) {
    if (at == to || at + 1 == to && (b[at] == 'Z' || b[at] == 'z')) {
      return 0;
    }
    int hours = digits(b, at + 1, to, 2);
    int minutes = 0;
    int length = to - at;
    if (length == 5) {
      minutes = digits(b, at + 3, to, 2);
    } else if (length == 6 && b[at + 3] == ':') {
      minutes = digits(b, at + 4, to, 2);
    } else if (length != 3) {
      return Integer.MIN_VALUE;
    }
    if (b[at] != '+' && b[at] != '-' || hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3_600 + minutes * 60;
    return b[at] == '+' ? seconds : -seconds;
  }

  /// The number in `count` decimal digits, or -1.
  private static int digits(byte[] b, int at, int to, int count) {
    if (to - at < count) {
      return -1;
    }
    int number = 0;
    for (int i = at; i < at + count; i++) {
      if (b[i] < '0' || b[i] > '9') {
        return -1;
      }
      number = number * 10 + b[i] - '0';
    }
    return number;
  }

  private static int daysIn(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  /// Days since 1970-01-01, after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  private static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int sinceMarch = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + sinceMarch;
    return era * 146_097L + dayOfEra - 719_468;
  }
}
