package io.weir.streams.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Response;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Result;
import org.apache.kafka.streams.errors.internals.DefaultErrorHandlerContext;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputErrorHandlerTest {
  @Test
  void anOutputThatIsTooLargeStopsTheProcessorWithItsSizeAndTheCure() {
    assertThatThrownBy(() -> handled(new RecordTooLargeException("too large")))
        .isInstanceOf(OutputRefusedException.class)
        .hasMessageStartingWith(
            "Topic weir-alerts does not take what comes of an event with the timestamp"
                + " 2100-01-01T00:00:00Z in partition 2: it has 1,004 bytes")
        .hasMessageContaining("--entity-name weir-alerts --add-config max.message.bytes=")
        .hasMessageEndingWith("every start stops here until that is mended");
  }

  @Test
  void anOutputWhoseTimestampIsOutsideTheTopicsRangeStopsTheProcessorWithTheCure() {
    assertThatThrownBy(() -> handled(new InvalidTimestampException("out of range")))
        .isInstanceOf(OutputRefusedException.class)
        .hasMessageContaining("its timestamp of 4102444800000 is outside what the topic allows")
        .hasMessageContaining("message.timestamp.after.max.ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Topic weir-alerts not present in metadata after 60000 ms.", "unknown"})
  void aTopicThatIsNotThereStopsTheProcessor(String message) {
    Exception e =
        message.equals("unknown")
            ? new UnknownTopicOrPartitionException(message)
            : new TimeoutException(message);
    assertThatThrownBy(() -> handled(e))
        .isInstanceOf(OutputRefusedException.class)
        .hasMessageContaining("have no such topic or partition (" + message)
        .hasMessageContaining("If it was deleted, create it again");
  }

  @Test
  void anOutputThatIsLateIsTriedAgain() {
    assertThat(handled(new TimeoutException("late")).result()).isEqualTo(Result.RETRY);
  }

  private static Response handled(Exception e) {
    DefaultErrorHandlerContext event =
        new DefaultErrorHandlerContext(
            null, "events", 2, 17, new RecordHeaders(), "alerts", new TaskId(0, 2), 0, null, null);
    return new OutputErrorHandler()
        .handleError(
            event,
            new ProducerRecord<>(
                "weir-alerts", null, 4_102_444_800_000L, new byte[4], new byte[1_000]),
            e);
  }
}
