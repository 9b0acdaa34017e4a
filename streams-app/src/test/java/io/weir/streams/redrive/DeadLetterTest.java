package io.weir.streams.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static final Map<String, String> FAILED =
      Map.of(
          "trace", "abc",
          "__streams.errors.topic", "payments",
          "__streams.errors.partition", "3",
          "__streams.errors.offset", "1234",
          "__streams.errors.exception", "io.weir.streams.decode.BadRecordException",
          "__streams.errors.stacktrace", "...",
          "__streams.errors.message", "MISSING_VALUE: 'amount' is null");

  @Test
  void theHeadersSayWhereItCameFromAndWhy() {
    assertThat(DeadLetter.of(record(FAILED)))
        .isEqualTo(
            new DeadLetter.Known(new DeadLetter.Kind("payments", "MISSING_VALUE", 0), 3, 1234));
  }

  @Test
  void otherProgramsHaveOtherReasons() {
    Map<String, String> headers = new TreeMap<>(FAILED);
    headers.put("__streams.errors.message", "It broke: badly");
    assertThat(DeadLetter.of(record(headers)))
        .isEqualTo(
            new DeadLetter.Known(
                new DeadLetter.Kind("payments", "BadRecordException", 0), 3, 1234));
  }

  @Test
  void withoutAnOriginItIsForeign() {
    for (String header : new String[] {"topic", "partition", "offset"}) {
      Map<String, String> headers = new TreeMap<>(FAILED);
      headers.remove("__streams.errors." + header);
      assertThat(DeadLetter.of(record(headers))).isEqualTo(new DeadLetter.Foreign());
    }
    Map<String, String> headers = new TreeMap<>(FAILED);
    headers.put("__streams.errors.partition", "-1");
    assertThat(DeadLetter.of(record(headers))).isEqualTo(new DeadLetter.Foreign());
  }

  @Test
  void itGoesBackAsItWasAndTellsThatItComesAgain() {
    ConsumerRecord<byte[], byte[]> record = record(FAILED);
    ProducerRecord<byte[], byte[]> again =
        DeadLetter.again(record, (DeadLetter.Known) DeadLetter.of(record));
    assertThat(again.topic()).isEqualTo("payments");
    assertThat(again.partition()).isEqualTo(3);
    assertThat(again.timestamp()).isEqualTo(77);
    assertThat(again.key()).isEqualTo(record.key());
    assertThat(again.value()).isEqualTo(record.value());
    assertThat(headers(again))
        .isEqualTo(
            Map.of(
                "trace", "abc", "weir.redriven", "1", "weir.redriven.origin", "payments/3/1234"));
  }

  @Test
  void whatFailedAgainKeepsItsFirstOrigin() {
    Map<String, String> headers = new TreeMap<>(FAILED);
    headers.put("weir.redriven", "2");
    headers.put("weir.redriven.origin", "payments/3/17");
    ConsumerRecord<byte[], byte[]> record = record(headers);
    DeadLetter.Known letter = (DeadLetter.Known) DeadLetter.of(record);
    assertThat(letter.kind().attempts()).isEqualTo(2);
    assertThat(headers(DeadLetter.again(record, letter)))
        .containsEntry("weir.redriven", "3")
        .containsEntry("weir.redriven.origin", "payments/3/17");
  }

  private static ConsumerRecord<byte[], byte[]> record(Map<String, String> headers) {
    RecordHeaders all = new RecordHeaders();
    headers.forEach((name, value) -> all.add(name, value.getBytes(UTF_8)));
    return new ConsumerRecord<>(
        "dead",
        0,
        5,
        77,
        TimestampType.CREATE_TIME,
        1,
        1,
        new byte[] {1},
        new byte[] {2},
        all,
        Optional.empty());
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
    return headers;
  }
}
