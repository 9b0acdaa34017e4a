package io.weir.streams.path;

import java.util.Collections;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/// What a path of events keeps between them, and finds again after a restart.
///
/// @param windows the events of windows, null for a model that looks at single events
/// @param mutes open incidents and cool-downs, one store for each threshold; null ones where there
///   are neither: see [Detection#mutes()]
public record PathStores(
    KeyValueStore<byte[], byte[]> windows, List<KeyValueStore<byte[], byte[]>> mutes) {
  /// For one threshold.
  ///
  /// @param mute null where there are neither incidents nor cool-downs
  public static PathStores of(
      KeyValueStore<byte[], byte[]> windows, KeyValueStore<byte[], byte[]> mute) {
    return new PathStores(windows, Collections.singletonList(mute));
  }
}
