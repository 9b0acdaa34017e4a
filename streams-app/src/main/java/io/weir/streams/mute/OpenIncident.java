package io.weir.streams.mute;

import io.weir.schemas.event.Incident;
import io.weir.streams.judge.Severity;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;

/// Consecutive anomalous events of a key, the latest of which may not be the last.
final class OpenIncident {
  /// As stored: id (32) · started (8) · newest (8) · noticed (8) · events (8) · peak score (4) ·
  /// peak offset (8) · peak severity (1)
  static final int BYTES = 32 + 8 + 8 + 8 + 8 + 4 + 8 + 1;

  private static final int ID_BYTES = 32;
  private static final Severity[] SEVERITIES = Severity.values();

  private final String id;
  private final long started;
  private long newest;
  private long noticed;
  private long events;
  private float peakScore;
  private long peakOffset;
  private Severity peakSeverity;

  /// @param id of the alert of its first event
  OpenIncident(String id, Anomaly first) {
    this.id = id;
    this.started = first.timestamp();
    this.newest = first.timestamp();
    this.noticed = first.timestamp();
    this.events = 1;
    peak(first);
  }

  OpenIncident(ByteBuffer stored) {
    byte[] idBytes = new byte[ID_BYTES];
    stored.get(idBytes);
    id = HexFormat.of().formatHex(idBytes);
    started = stored.getLong();
    newest = stored.getLong();
    noticed = stored.getLong();
    events = stored.getLong();
    peakScore = stored.getFloat();
    peakOffset = stored.getLong();
    peakSeverity = SEVERITIES[stored.get()];
  }

  void put(ByteBuffer out) {
    out.put(HexFormat.of().parseHex(id));
    out.putLong(started).putLong(newest).putLong(noticed).putLong(events);
    out.putFloat(peakScore).putLong(peakOffset).put((byte) peakSeverity.ordinal());
  }

  /// Adds an anomalous event.
  ///
  /// @param updateMillis after so long people are told again, 0 for never
  /// @return whether people are to be told
  boolean add(Anomaly anomaly, long updateMillis) {
    newest = Math.max(newest, anomaly.timestamp());
    events++;
    Severity before = peakSeverity;
    if (anomaly.score() > peakScore) {
      peak(anomaly);
    }
    boolean due = updateMillis > 0 && anomaly.timestamp() - noticed >= updateMillis;
    if (due || peakSeverity.compareTo(before) > 0) {
      noticed = anomaly.timestamp();
      return true;
    }
    return false;
  }

  /// The largest timestamp of its events.
  long newest() {
    return newest;
  }

  Incident as(IncidentStatus status) {
    return Incident.newBuilder()
        .setId(id)
        .setStatus(status.name())
        .setStarted(Instant.ofEpochMilli(started))
        .setDurationMs(newest - started)
        .setEvents(events)
        .setPeakScore(peakScore)
        .setPeakOffset(peakOffset)
        .setPeakSeverity(peakSeverity.name())
        .build();
  }

  private void peak(Anomaly anomaly) {
    peakScore = anomaly.score();
    peakOffset = anomaly.offset();
    peakSeverity = anomaly.severity();
  }
}
