package io.weir.streams.mute;

import io.weir.schemas.event.Alert;
import io.weir.schemas.event.Incident;

/// What people are to hear of an anomalous event.
///
/// @param alert of the event, without incident and suppressed
/// @param incident that the event belongs to, null where there are none
/// @param suppressed anomalous events of the key since its previous alert that made none
public record Notice(Alert alert, Incident incident, long suppressed) {}
