package io.weir.streams.verify;

import io.weir.streams.decode.BadReason;
import io.weir.streams.decode.BadRecordException;
import io.weir.streams.decode.EventDecoder;
import io.weir.streams.replay.EventFetch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Fetches the events of many receipts of one partition and one model, reading forward: events that
/// lie near each other are read in one go, and the windows of their keys with them. What a window
/// lacks then is looked for before, in stretches that grow.
final class PartitionPass {
  /// Reading on over so many offsets costs about as much as a new fetch.
  private static final long NEAR = 5_000;

  private static final long FIRST_STRETCH = 2_000;
  private static final long LONGEST_STRETCH = 512_000;

  private final EventFetch fetch;
  private final EventDecoder decoder;
  private final TopicPartition partition;
  private final EventFetch.Extent.Offsets held;
  private final int features;
  private final int steps;
  private final long scanMax;

  /// The last events of a key in a stretch.
  private static final class Tail {
    private final Deque<float[]> events = new ArrayDeque<>();
    private int unreadable;
  }

  /// @param held what the partition holds
  /// @param steps of the model, 1 if it looks at single events
  /// @param scanMax how many offsets before an event its window is looked for
  PartitionPass(
      EventFetch fetch,
      EventDecoder decoder,
      TopicPartition partition,
      EventFetch.Extent.Offsets held,
      int features,
      int steps,
      long scanMax) {
    this.fetch = fetch;
    this.decoder = decoder;
    this.partition = partition;
    this.held = held;
    this.features = features;
    this.steps = steps;
    this.scanMax = scanMax;
  }

  /// Fills the rows of the asks, or gives them their verdicts.
  ///
  /// @param asks in the order of their offsets, all of them held by the partition
  void run(List<Ask> asks) {
    int from = 0;
    for (int i = 1; i <= asks.size(); i++) {
      if (i == asks.size()
          || asks.get(i).receipt.offset() - asks.get(i - 1).receipt.offset() > NEAR) {
        near(asks.subList(from, i));
        from = i;
      }
    }
  }

  private void near(List<Ask> asks) {
    long first = asks.getFirst().receipt.offset();
    Map<String, Tail> tails = tails(asks);
    Deque<Ask> next = new ArrayDeque<>(asks);
    read(first, asks.getLast().receipt.offset() + 1, tails, next);
    List<Ask> pending = new ArrayList<>();
    for (Ask ask : asks) {
      if (!ask.isMet()) {
        ask.end(new Verdict.Cannot(EventFetch.hole(partition, ask.receipt.offset())));
      } else if (ask.verdict() == null && ask.lacking() > 0) {
        pending.add(ask);
      }
    }
    before(first, pending);
  }

  /// Looks for the earlier events of windows.
  private void before(long first, List<Ask> pending) {
    long to = first;
    long stretch = FIRST_STRETCH;
    while (!pending.isEmpty() && to > held.first()) {
      long from = Math.max(held.first(), to - stretch);
      Map<String, Tail> tails = tails(pending);
      read(from, to, tails, new ArrayDeque<>());
      for (Ask ask : pending) {
        Tail tail = tails.get(key(ask.receipt.key()));
        ask.addBefore(List.copyOf(tail.events));
        ask.unreadable(tail.unreadable);
      }
      pending.removeIf(ask -> ask.lacking() == 0 || isFar(ask, from));
      to = from;
      stretch = Math.min(4 * stretch, LONGEST_STRETCH);
    }
    pending.forEach(
        ask ->
            ask.end(
                new Verdict.Cannot(
                    "%d of the %d events of its window are gone: partition %s begins at offset %d"
                        .formatted(ask.lacking(), ask.events, partition, held.first()))));
  }

  private boolean isFar(Ask ask, long from) {
    boolean far = from > held.first() && ask.receipt.offset() - from >= scanMax;
    if (far) {
      ask.end(
          new Verdict.Cannot(
              "%d of the %d events of its window are not among the %,d offsets before it: look further with --max-scan"
                  .formatted(ask.lacking(), ask.events, ask.receipt.offset() - from)));
    }
    return far;
  }

  private static Map<String, Tail> tails(List<Ask> asks) {
    Map<String, Tail> tails = new HashMap<>();
    asks.forEach(ask -> tails.putIfAbsent(key(ask.receipt.key()), new Tail()));
    return tails;
  }

  private void read(long from, long end, Map<String, Tail> tails, Deque<Ask> next) {
    fetch.read(
        partition,
        from,
        end,
        record -> {
          while (!next.isEmpty() && next.peek().receipt.offset() < record.offset()) {
            next.remove();
          }
          boolean asked = !next.isEmpty() && next.peek().receipt.offset() == record.offset();
          if (record.offset() >= end || steps == 1 && !asked) {
            return;
          }
          Tail tail = tails.get(key(record.key()));
          float[] event = tail == null ? null : event(record, tail);
          while (!next.isEmpty() && next.peek().receipt.offset() == record.offset()) {
            meet(next.remove(), record, tail, event);
          }
        });
  }

  /// Decodes an event and takes it into the tail of its key; null if it is a bad record.
  private float[] event(ConsumerRecord<byte[], byte[]> record, Tail tail) {
    float[] event = new float[features];
    EventDecoder.Outcome outcome = decoder.decode(record.value(), event, 0);
    if (outcome == EventDecoder.Outcome.SCHEMA_NOT_LOADED) {
      decoder.load(record.value());
      outcome = decoder.decode(record.value(), event, 0);
    }
    if (outcome != EventDecoder.Outcome.DECODED) {
      if (decoder.refusal(record.value()).reason() == BadReason.UNKNOWN_SCHEMA_ID) {
        tail.unreadable++;
      }
      return null;
    }
    tail.events.addLast(event);
    if (tail.events.size() > steps) {
      tail.events.removeFirst();
    }
    return event;
  }

  private void meet(Ask ask, ConsumerRecord<byte[], byte[]> record, Tail tail, float[] event) {
    List<String> differences = new ArrayList<>();
    if (!Arrays.equals(ask.receipt.key(), record.key())) {
      differences.add(
          "key: the alert's %s, the record's %s"
              .formatted(shown(ask.receipt.key()), shown(record.key())));
    }
    if (record.timestamp() >= 0 && record.timestamp() != ask.receipt.eventTime()) {
      differences.add(
          "event_time: %d in the alert, %d in the record"
              .formatted(ask.receipt.eventTime(), record.timestamp()));
    }
    if (!differences.isEmpty()) {
      differences.add("another record stands at this offset: was the topic created anew?");
      ask.end(new Verdict.Differs(differences));
    } else if (event == null) {
      ask.end(refused(decoder.refusal(record.value())));
    } else {
      ask.addBefore(List.copyOf(tail.events));
      ask.unreadable(tail.unreadable);
    }
  }

  private static Verdict refused(BadRecordException refusal) {
    return switch (refusal.reason()) {
      case UNKNOWN_SCHEMA_ID, UNSUITABLE_SCHEMA ->
          new Verdict.Cannot("the record cannot be read here: " + refusal.getMessage());
      default ->
          new Verdict.Differs(
              List.of("the record is none that has a score: " + refusal.getMessage()));
    };
  }

  private static String key(byte[] key) {
    return key == null ? "" : "k" + new String(key, StandardCharsets.ISO_8859_1);
  }

  private static String shown(byte[] key) {
    return key == null ? "none" : '"' + new String(key, StandardCharsets.UTF_8) + '"';
  }
}
