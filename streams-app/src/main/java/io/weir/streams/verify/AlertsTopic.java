package io.weir.streams.verify;

import io.weir.schemas.event.Alert;
import io.weir.streams.decode.BadRecordException;
import io.weir.streams.decode.RecordReader;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.replay.EventFetch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/// The receipts of an alerts topic, partition by partition.
public final class AlertsTopic {
  /// Offsets of one stretch, after which enough may have been found.
  private static final long STRETCH = 20_000;

  private final EventFetch fetch;
  private final RecordReader reader;
  private final String topic;
  private long others;

  /// @param fetch of committed records
  public AlertsTopic(EventFetch fetch, SchemaLookup lookup, String topic) {
    this.fetch = fetch;
    this.reader = new RecordReader(lookup, Alert.getClassSchema());
    this.topic = topic;
  }

  /// Which alerts.
  ///
  /// @param ids those with these ids only; all, if there are none
  /// @param since those from the first on whose event is not older
  /// @param limit at most so many
  public record Choice(Set<String> ids, Optional<Instant> since, long limit) {
    public Choice {
      ids = Set.copyOf(ids);
    }
  }

  /// Reads what is there now.
  ///
  /// @param blocks receives the receipts by and by
  /// @return the ids that were asked for and not found
  public Set<String> read(Choice choice, Consumer<List<Receipt>> blocks) {
    Set<String> wanted = new HashSet<>(choice.ids());
    long left = choice.limit();
    for (TopicPartition partition : fetch.partitions(topic)) {
      if (!(fetch.extent(partition) instanceof EventFetch.Extent.Offsets(long first, long end))) {
        continue;
      }
      long from =
          choice.since().isEmpty()
              ? first
              : fetch.offsetAt(partition, choice.since().get().toEpochMilli());
      while (from < end && left > 0 && (choice.ids().isEmpty() || !wanted.isEmpty())) {
        long to = Math.min(end, from + STRETCH);
        List<Receipt> block = block(partition, from, to, choice, wanted, left);
        left -= block.size();
        if (!block.isEmpty()) {
          blocks.accept(block);
        }
        from = to;
      }
    }
    return wanted;
  }

  /// Records of the topic that are no alerts.
  public long others() {
    return others;
  }

  private List<Receipt> block(
      TopicPartition partition, long from, long to, Choice choice, Set<String> wanted, long most) {
    List<Receipt> block = new ArrayList<>();
    fetch.read(
        partition,
        from,
        to,
        record -> {
          if (record.offset() >= to || block.size() >= most) {
            return;
          }
          try {
            Receipt receipt = Receipts.record(reader.read(record.value()));
            if (choice.ids().isEmpty() || wanted.remove(receipt.id())) {
              block.add(receipt);
            }
          } catch (BadRecordException | Receipts.NoReceiptException e) {
            others++;
          }
        });
    return block;
  }
}
