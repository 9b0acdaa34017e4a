package io.weir.streams;

import io.weir.streams.config.Settings;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// A store of what is kept between events; Kafka Streams makes its changelog topic.
enum KeptStore {
  /// The events of windows. Each is written once.
  WINDOWS("windows", false),
  /// Open incidents and cool-downs, written again and again: only what is left at a commit counts.
  MUTE("mute", true);

  private final String store;
  private final boolean cached;

  KeptStore(String store, boolean cached) {
    this.store = store;
    this.cached = cached;
  }

  /// The stores of an application.
  ///
  /// @param windows whether the model looks at several events
  static List<KeptStore> of(Settings settings, boolean windows) {
    List<KeptStore> stores = new ArrayList<>();
    if (windows) {
      stores.add(WINDOWS);
    }
    if (settings.mute().keepsState()) {
      stores.add(MUTE);
    }
    return stores;
  }

  /// Its name.
  String store() {
    return store;
  }

  /// Makes it.
  StoreBuilder<KeyValueStore<byte[], byte[]>> builder() {
    StoreBuilder<KeyValueStore<byte[], byte[]>> builder =
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(store), Serdes.ByteArray(), Serdes.ByteArray());
    return cached ? builder.withCachingEnabled() : builder.withCachingDisabled();
  }

  /// The topic in which Kafka Streams keeps it.
  String changelog(Settings settings) {
    return settings.applicationId() + "-" + store + "-changelog";
  }
}
