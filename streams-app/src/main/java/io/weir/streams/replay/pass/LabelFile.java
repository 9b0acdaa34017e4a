package io.weir.streams.replay.pass;

import io.weir.streams.replay.Bound;
import io.weir.streams.replay.ReplayFailedException;
import io.weir.streams.replay.tally.Label;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Labels by a CSV file, the first line of which names its columns: `partition,offset[,topic]`, an
/// anomalous event each, or `from,to[,key]`, a time in which the events of a key, or all, are
/// anomalous, both ends included. Immutable; safe for any number of threads.
final class LabelFile implements Labels {
  private final Map<TopicPartition, long[]> offsets = new HashMap<>();

  /// From and to in turn, ascending, by key; null for all keys.
  private final Map<ByteBuffer, long[]> times = new HashMap<>();

  private final Path file;
  private final Set<String> topics;

  private LabelFile(Path file, Set<String> topics) {
    this.file = file;
    this.topics = topics;
  }

  /// Reads a file.
  ///
  /// @param topics that are replayed: with several, lines by offset must name theirs
  /// @throws ReplayFailedException if it cannot be read; the message names the line
  static LabelFile read(Path file, Set<String> topics) throws ReplayFailedException {
    LabelFile labels = new LabelFile(file, topics);
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      labels.read(lines);
    } catch (IOException e) {
      throw new ReplayFailedException("--labels %s cannot be read: %s".formatted(file, e), e);
    }
    return labels;
  }

  @Override
  public Label of(ConsumerRecord<byte[], byte[]> event, long time) {
    long[] own = offsets.get(new TopicPartition(event.topic(), event.partition()));
    if (own != null && Arrays.binarySearch(own, event.offset()) >= 0) {
      return Label.ANOMALOUS;
    }
    if (!times.isEmpty()
        && (within(times.get(null), time)
            || event.key() != null && within(times.get(ByteBuffer.wrap(event.key())), time))) {
      return Label.ANOMALOUS;
    }
    return Label.NORMAL;
  }

  private static boolean within(long[] ends, long time) {
    if (ends == null) {
      return false;
    }
    int at = Arrays.binarySearch(ends, time);
    // Between a from and its to lies an odd place.
    return at >= 0 || (-at - 1) % 2 == 1;
  }

  private void read(BufferedReader lines) throws IOException, ReplayFailedException {
    String header = lines.readLine();
    List<String> columns =
        header == null
            ? List.of()
            : fields(header.toLowerCase(Locale.ROOT), 1).stream().map(String::strip).toList();
    boolean byOffset = columns.contains("partition") && columns.contains("offset");
    boolean byTime = columns.contains("from") && columns.contains("to");
    if (byOffset == byTime) {
      throw new ReplayFailedException(
          "--labels %s has the columns %s: the first line names either partition,offset[,topic] or from,to[,key]"
              .formatted(file, columns));
    }
    Map<TopicPartition, List<Long>> found = new HashMap<>();
    Map<ByteBuffer, List<long[]>> spans = new HashMap<>();
    int number = 1;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      List<String> fields = fields(line, number);
      if (fields.size() != columns.size()) {
        throw problem(
            number, "%d fields, the first line names %d".formatted(fields.size(), columns.size()));
      }
      if (byOffset) {
        TopicPartition partition =
            new TopicPartition(
                topic(columns, fields, number),
                Math.toIntExact(number(columns, fields, "partition", number)));
        found
            .computeIfAbsent(partition, _ -> new ArrayList<>())
            .add(number(columns, fields, "offset", number));
      } else {
        spans
            .computeIfAbsent(key(columns, fields), _ -> new ArrayList<>())
            .add(span(columns, fields, number));
      }
    }
    found.forEach(
        (p, list) -> offsets.put(p, list.stream().mapToLong(Long::longValue).sorted().toArray()));
    spans.forEach((key, list) -> times.put(key, merged(list)));
  }

  private String topic(List<String> columns, List<String> fields, int line)
      throws ReplayFailedException {
    int at = columns.indexOf("topic");
    if (at < 0 && topics.size() == 1) {
      return topics.iterator().next();
    }
    if (at < 0) {
      throw problem(line, "no topic, and several are replayed: add a column topic to the labels");
    }
    return fields.get(at).strip();
  }

  private static ByteBuffer key(List<String> columns, List<String> fields) {
    int at = columns.indexOf("key");
    return at < 0 || fields.get(at).isEmpty()
        ? null
        : ByteBuffer.wrap(fields.get(at).getBytes(StandardCharsets.UTF_8));
  }

  private long number(List<String> columns, List<String> fields, String column, int line)
      throws ReplayFailedException {
    String text = fields.get(columns.indexOf(column)).strip();
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && (number <= Integer.MAX_VALUE || !column.equals("partition"))) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw problem(line, "\"%s\" is no %s".formatted(text, column));
  }

  private long[] span(List<String> columns, List<String> fields, int line)
      throws ReplayFailedException {
    long from = time(fields.get(columns.indexOf("from")), line);
    long to = time(fields.get(columns.indexOf("to")), line);
    if (to < from) {
      throw problem(line, "it ends before it begins");
    }
    return new long[] {from, to};
  }

  private long time(String text, int line) throws ReplayFailedException {
    String plain = text.strip();
    try {
      return plain.matches("\\d+") ? Long.parseLong(plain) : Bound.time(plain).toEpochMilli();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw problem(
          line,
          "\"%s\" is no time: it is a date (2026-11-01), a time (2026-11-01T08:30:00Z) or milliseconds since 1970"
              .formatted(plain));
    }
  }

  /// Spans that touch become one, so that ends and beginnings come in turn.
  private static long[] merged(List<long[]> spans) {
    spans.sort((one, other) -> Long.compare(one[0], other[0]));
    List<long[]> merged = new ArrayList<>();
    for (long[] span : spans) {
      if (!merged.isEmpty() && span[0] <= merged.getLast()[1]) {
        merged.getLast()[1] = Math.max(merged.getLast()[1], span[1]);
      } else {
        merged.add(span.clone());
      }
    }
    return merged.stream().flatMapToLong(Arrays::stream).toArray();
  }

  /// The fields of a line; those in quotes may have commas and doubled quotes.
  private List<String> fields(String line, int number) throws ReplayFailedException {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    if (quoted) {
      throw problem(number, "a quote is not closed");
    }
    fields.add(field.toString());
    return fields;
  }

  private ReplayFailedException problem(int line, String what) {
    return new ReplayFailedException("--labels %s, line %d: %s".formatted(file, line, what));
  }
}
