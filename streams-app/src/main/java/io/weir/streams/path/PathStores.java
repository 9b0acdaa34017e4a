package io.weir.streams.path;

import org.apache.kafka.streams.state.KeyValueStore;

/// What a path of events keeps between them, and finds again after a restart.
///
/// @param windows the events of windows, null for a model that looks at single events
/// @param mute open incidents and cool-downs, null without either: see [Detection#mutes()]
public record PathStores(
    KeyValueStore<byte[], byte[]> windows, KeyValueStore<byte[], byte[]> mute) {}
