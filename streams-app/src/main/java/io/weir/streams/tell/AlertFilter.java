package io.weir.streams.tell;

import io.weir.schemas.event.Alert;
import io.weir.schemas.json.KeyText;
import io.weir.streams.judge.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Which alerts are told.
///
/// @param minSeverity the lowest severity; one that this Weir does not know passes
/// @param key only alerts with this key, as text or as [KeyText] writes it
/// @param since only alerts of events from this time on
/// @param until only alerts of events before this time
public record AlertFilter(
    Severity minSeverity, Optional<String> key, Optional<Instant> since, Optional<Instant> until) {
  /// All alerts from a severity on.
  public static AlertFilter from(Severity minSeverity) {
    return new AlertFilter(minSeverity, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// A severity by its name, in lower case or upper case.
  ///
  /// @throws IllegalArgumentException that names all of them
  public static Severity severity(String name) {
    for (Severity severity : Severity.values()) {
      if (severity.name().equals(name.toUpperCase(Locale.ROOT))) {
        return severity;
      }
    }
    throw new IllegalArgumentException(
        "there is no severity " + name + ": use one of " + Arrays.toString(Severity.values()));
  }

  /// Whether an alert is told.
  public boolean passes(Alert alert) {
    return isSevere(alert.getSeverity())
        && key.map(wanted -> isKey(alert.getKey(), wanted)).orElse(true)
        && since.map(time -> !alert.getEventTime().isBefore(time)).orElse(true)
        && until.map(time -> alert.getEventTime().isBefore(time)).orElse(true);
  }

  private boolean isSevere(String name) {
    for (Severity severity : Severity.values()) {
      if (severity.name().equals(name)) {
        return severity.compareTo(minSeverity) >= 0;
      }
    }
    // Of a newer Weir: rather one too many than one too few.
    return true;
  }

  private static boolean isKey(ByteBuffer key, String wanted) {
    return key != null
        && (KeyText.of(key).equals(wanted)
            || key.equals(ByteBuffer.wrap(wanted.getBytes(StandardCharsets.UTF_8))));
  }
}
