package io.weir.streams.gather;

import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/// A store of Kafka Streams without a task, which outlives the windows that are made of it.
public final class SlotStore implements AutoCloseable {
  private final KeyValueStore<byte[], byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("windows"), Serdes.ByteArray(), Serdes.ByteArray())
          .withCachingDisabled()
          .withLoggingDisabled()
          .build();

  public SlotStore() {
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>(new Properties());
    StateStore each = store;
    each.init(context.getStateStoreContext(), store);
  }

  public KeyValueStore<byte[], byte[]> open() {
    return store;
  }

  /// How many slots are taken.
  public long slots() {
    try (var all = store.all()) {
      long slots = 0;
      while (all.hasNext()) {
        all.next();
        slots++;
      }
      return slots;
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
