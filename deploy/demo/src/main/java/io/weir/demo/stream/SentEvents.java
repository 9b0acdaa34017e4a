package io.weir.demo.stream;

import io.weir.demo.source.StreamEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/// The events on their way, to be found again when their alerts arrive. Remembers the newest
/// [#CAPACITY] only, so that an endless stream fits into memory. For several threads.
public final class SentEvents {
  /// Far more than can be between sending and alert.
  static final int CAPACITY = 100_000;

  /// @param nanos when it was sent, as [System#nanoTime()]
  public record Sent(StreamEvent event, long nanos) {}

  private final Map<Long, Sent> byNumber =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Sent> eldest) {
          return size() > CAPACITY;
        }
      };

  /// Remembers an event that is being sent now.
  public synchronized void add(StreamEvent event) {
    byNumber.put(event.number(), new Sent(event, System.nanoTime()));
  }

  /// The event of this number, or null if it was never sent or too long ago.
  public synchronized Sent get(long number) {
    return byNumber.get(number);
  }
}
