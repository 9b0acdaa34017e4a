package io.weir.streams.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Response;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Result;
import org.junit.jupiter.api.Test;

class OutputErrorHandlerTest {
  @Test
  void aRefusedOutputStopsTheProcessorAndIsNoDeadLetter() {
    Response response = handled(new RecordTooLargeException("too large"));
    assertThat(response.result()).isEqualTo(Result.FAIL);
    assertThat(response.deadLetterQueueRecords()).isEmpty();
  }

  @Test
  void anOutputThatIsLateIsTriedAgain() {
    assertThat(handled(new TimeoutException("late")).result()).isEqualTo(Result.RETRY);
  }

  private static Response handled(Exception e) {
    return new OutputErrorHandler()
        .handleError(null, new ProducerRecord<>("weir-alerts", new byte[1]), e);
  }
}
