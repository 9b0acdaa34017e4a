package io.weir.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.config.SettingSources;
import io.weir.streams.config.Settings;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class StopReasonTest {
  private static final Settings SETTINGS =
      new SettingSources()
          .flags(
              Map.of(
                  "application.id", "a",
                  "bootstrap.servers", "b:9092",
                  "weir.input.topics", "events",
                  "weir.model.file", "m.onnx",
                  "weir.schema.registry.url", "http://r:8081",
                  "state.dir", "/var/lib/weir"))
          .settings();

  @Test
  void aFullDiskIsNamedWithItsCure() {
    IOException full = new IOException("While appending to file: No space left on device");
    assertThat(reason(new StreamsException(new ProcessorStateException("Error in put", full))))
        .startsWith("state.dir = /var/lib/weir cannot keep the state (No space left on device)")
        .contains("nothing is lost");
  }

  @Test
  void anotherTroubleOfTheStoreIsLeftToItsStackTrace() {
    Throwable corrupt = new ProcessorStateException("Corruption: block checksum mismatch");
    assertThat(StopReason.of(corrupt, SETTINGS)).isEmpty();
  }

  @Test
  void whatAnOperatorDidIsSaidInASentence() {
    assertThat(reason(new MissingSourceTopicException("gone"))).contains("Create it again");
    assertThat(reason(new StreamsException(new FencedInstanceIdException("fenced"))))
        .contains("group.instance.id");
    assertThat(
            reason(
                new StreamsException(
                    new KafkaException(
                        "Cannot execute transactional method because we are in an error state",
                        new KafkaException(
                            "The client hasn't received acknowledgment for some previously sent"
                                + " messages and can no longer retry them.")))))
        .contains("took no output for longer than delivery.timeout.ms");
  }

  @Test
  void anAbortedTransactionIsNoBugEither() {
    Throwable late = new TimeoutException("Expiring 1 record(s) for dead-2");
    assertThat(
            reason(
                new StreamsException(
                    new KafkaException(
                        "Cannot execute transactional method because we are in an error state",
                        new TransactionAbortableException("aborted", late)))))
        .contains("took no output for longer than delivery.timeout.ms");
  }

  @Test
  void aBugKeepsItsStackTrace() {
    assertThat(StopReason.of(new StreamsException(new NullPointerException()), SETTINGS)).isEmpty();
  }

  private static String reason(Throwable thrown) {
    return StopReason.of(thrown, SETTINGS).orElseThrow();
  }
}
