package io.weir.trainer.data.topic;

import io.weir.schemas.card.ModelCard.OffsetRange;
import java.util.List;
import java.util.stream.Collectors;

/// Offset ranges for people.
public final class OffsetText {
  private static final int SHOWN = 8;

  private OffsetText() {}

  /// Such as `offsets of partition 0: 12 to 40, 1: 0 to 7`; of many partitions the first ones. Ends
  /// are exclusive.
  public static String of(List<OffsetRange> ranges) {
    String text =
        ranges.stream()
            .limit(SHOWN)
            .map(r -> "%d: %d to %d".formatted(r.partition(), r.first(), r.end()))
            .collect(Collectors.joining(", ", "offsets of partition ", ""));
    return ranges.size() > SHOWN
        ? "%s and of %d more partitions".formatted(text, ranges.size() - SHOWN)
        : text;
  }
}
