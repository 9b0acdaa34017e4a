package io.weir.benchmarks.incidents;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// A store in the heap.
final class HeapStore implements KeyValueStore<byte[], byte[]> {
  private final NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

  @Override
  public void put(byte[] key, byte[] value) {
    if (value == null) {
      entries.remove(key);
    } else {
      entries.put(key, value);
    }
  }

  @Override
  public byte[] putIfAbsent(byte[] key, byte[] value) {
    return entries.putIfAbsent(key, value);
  }

  @Override
  public void putAll(List<KeyValue<byte[], byte[]>> all) {
    all.forEach(each -> put(each.key, each.value));
  }

  @Override
  public byte[] delete(byte[] key) {
    return entries.remove(key);
  }

  @Override
  public byte[] get(byte[] key) {
    return entries.get(key);
  }

  @Override
  public KeyValueIterator<byte[], byte[]> range(byte[] from, byte[] to) {
    NavigableMap<byte[], byte[]> tail = from == null ? entries : entries.tailMap(from, true);
    return iterator(to == null ? tail : tail.headMap(to, true));
  }

  @Override
  public KeyValueIterator<byte[], byte[]> all() {
    return iterator(entries);
  }

  @Override
  public long approximateNumEntries() {
    return entries.size();
  }

  @Override
  public String name() {
    return "heap";
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {}

  @Override
  public void close() {}

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  private static KeyValueIterator<byte[], byte[]> iterator(Map<byte[], byte[]> entries) {
    Iterator<Map.Entry<byte[], byte[]>> each = new TreeMap<>(entries).entrySet().iterator();
    return new KeyValueIterator<>() {
      @Override
      public void close() {}

      @Override
      public byte[] peekNextKey() {
        throw new UnsupportedOperationException("nobody asks");
      }

      @Override
      public boolean hasNext() {
        return each.hasNext();
      }

      @Override
      public KeyValue<byte[], byte[]> next() {
        Map.Entry<byte[], byte[]> entry = each.next();
        return KeyValue.pair(entry.getKey(), entry.getValue());
      }
    };
  }
}
