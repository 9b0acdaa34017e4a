package io.weir.streams.path;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// A store in the heap and without a changelog, for whoever goes the way of events outside of Kafka
/// Streams. Its keys are ordered as those of the stores of Kafka Streams: as unsigned bytes.
///
/// [#write] and [#read] are its changelog. Not thread-safe.
public final class HeapStore implements KeyValueStore<byte[], byte[]> {
  private final NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
  private final String name;

  /// @param name for messages
  public HeapStore(String name) {
    this.name = name;
  }

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
    byte[] known = entries.get(key);
    if (known == null) {
      put(key, value);
    }
    return known;
  }

  @Override
  public void putAll(List<KeyValue<byte[], byte[]>> many) {
    many.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public byte[] delete(byte[] key) {
    return entries.remove(key);
  }

  @Override
  public byte[] get(byte[] key) {
    return entries.get(key);
  }

  /// @param from null for the first key
  /// @param to inclusive, null for the last key
  @Override
  public KeyValueIterator<byte[], byte[]> range(byte[] from, byte[] to) {
    NavigableMap<byte[], byte[]> range = from == null ? entries : entries.tailMap(from, true);
    return new Entries(to == null ? range : range.headMap(to, true));
  }

  @Override
  public KeyValueIterator<byte[], byte[]> all() {
    return new Entries(entries);
  }

  @Override
  public long approximateNumEntries() {
    return entries.size();
  }

  @Override
  public String name() {
    return name;
  }

  /// Nothing: it is ready when it is made.
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

  /// Writes all entries.
  public void write(DataOutput out) throws IOException {
    out.writeInt(entries.size());
    for (Map.Entry<byte[], byte[]> entry : entries.entrySet()) {
      write(out, entry.getKey());
      write(out, entry.getValue());
    }
  }

  private static void write(DataOutput out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /// Adds what [#write] wrote.
  public void read(DataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      byte[] key = bytes(in);
      entries.put(key, bytes(in));
    }
  }

  private static byte[] bytes(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  private static final class Entries implements KeyValueIterator<byte[], byte[]> {
    private final Iterator<Map.Entry<byte[], byte[]>> entries;
    private Map.Entry<byte[], byte[]> next;

    private Entries(NavigableMap<byte[], byte[]> range) {
      entries = range.entrySet().iterator();
      advance();
    }

    private void advance() {
      next = entries.hasNext() ? entries.next() : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public KeyValue<byte[], byte[]> next() {
      byte[] key = peekNextKey();
      KeyValue<byte[], byte[]> entry = KeyValue.pair(key, next.getValue());
      advance();
      return entry;
    }

    @Override
    public byte[] peekNextKey() {
      if (next == null) {
        throw new NoSuchElementException("no entry is left");
      }
      return next.getKey();
    }

    @Override
    public void close() {}
  }
}
