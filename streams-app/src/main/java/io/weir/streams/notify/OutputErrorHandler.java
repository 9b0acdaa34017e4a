package io.weir.streams.notify;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/// Stops the processor when Kafka refuses an alert, a score or a dead letter: none may be dropped.
///
/// The handler of Kafka Streams would also send the event to the dead-letter topic: a good event,
/// which is scored again after the restart. And for a dead letter that is too large it would send
/// the same one again, without end.
public final class OutputErrorHandler implements ProductionExceptionHandler {
  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> output, Exception e) {
    return e instanceof RetriableException ? Response.retry() : Response.fail();
  }
}
