package io.weir.streams.replay.pass;

import static io.weir.streams.replay.tally.Label.ANOMALOUS;
import static io.weir.streams.replay.tally.Label.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.streams.replay.ReplayFailedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelFileTest {
  @TempDir Path directory;

  @Test
  void eventsAreNamedByPartitionAndOffset() throws Exception {
    LabelFile labels = labels("partition,offset\n1,7\n0,3\n1,2\n\n", "t");

    assertThat(labels.of(event(1, 7, null), 0)).isEqualTo(ANOMALOUS);
    assertThat(labels.of(event(1, 2, null), 0)).isEqualTo(ANOMALOUS);
    assertThat(labels.of(event(0, 7, null), 0)).isEqualTo(NORMAL);
  }

  @Test
  void eventsAreNamedByTimeAndKeyWithBothEndsIncluded() throws Exception {
    LabelFile labels =
        labels(
            "from,to,key\n1970-01-01T00:00:01Z,2000,\"a,b\"\n1500,1800,\"a,b\"\n9000,9000,\n", "t");

    assertThat(labels.of(event(0, 0, "a,b"), 1_000)).isEqualTo(ANOMALOUS);
    assertThat(labels.of(event(0, 0, "a,b"), 1_900)).isEqualTo(ANOMALOUS);
    assertThat(labels.of(event(0, 0, "a,b"), 2_000)).isEqualTo(ANOMALOUS);
    assertThat(labels.of(event(0, 0, "a,b"), 2_001)).isEqualTo(NORMAL);
    assertThat(labels.of(event(0, 0, "c"), 1_500)).isEqualTo(NORMAL);
    assertThat(labels.of(event(0, 0, null), 9_000)).isEqualTo(ANOMALOUS);
    assertThat(labels.of(event(0, 0, "c"), 9_000)).isEqualTo(ANOMALOUS);
    assertThat(labels.of(event(0, 0, "c"), 9_001)).isEqualTo(NORMAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "score|the first line names either",
        "partition,offset;0,x|line 2: \"x\" is no offset",
        "partition,offset;-1,4|line 2: \"-1\" is no partition",
        "partition,offset;0|line 2: 1 fields, the first line names 2",
        "from,to;soon,later|line 2: \"soon\" is no time",
        "from,to;5,4|line 2: it ends before it begins",
        "from,to;\"5,4|line 2: a quote is not closed"
      })
  void whatIsWrongIsToldWithItsLine(String text, String message) {
    assertThatThrownBy(() -> labels(text.replace(';', '\n'), "t"))
        .isInstanceOf(ReplayFailedException.class)
        .hasMessageContaining(message);
  }

  @Test
  void withSeveralTopicsEachLineNamesItsOwn() throws Exception {
    assertThatThrownBy(() -> labels("partition,offset\n0,1\n", "t", "u"))
        .hasMessageContaining("add a column topic");
    LabelFile labels = labels("topic,partition,offset\nt,0,1\n", "t", "u");
    assertThat(labels.of(event(0, 1, null), 0)).isEqualTo(ANOMALOUS);
  }

  private LabelFile labels(String text, String... topics) throws Exception {
    Path file = Files.writeString(directory.resolve("labels.csv"), text);
    return LabelFile.read(file, Set.of(topics));
  }

  private static ConsumerRecord<byte[], byte[]> event(int partition, long offset, String key) {
    return new ConsumerRecord<>(
        "t",
        partition,
        offset,
        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
        new byte[1]);
  }
}
