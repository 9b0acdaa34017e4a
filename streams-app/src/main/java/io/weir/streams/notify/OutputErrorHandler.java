package io.weir.streams.notify;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops the processor when Kafka refuses an alert, a score or a dead letter: none may be dropped.
///
/// The handler of Kafka Streams would also send the event to the dead-letter topic: a good event,
/// which is scored again after the restart. And for a dead letter that is too large it would send
/// the same one again, without end.
public final class OutputErrorHandler implements ProductionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(OutputErrorHandler.class);

  private OutputRefusals refusals = new OutputRefusals();

  @Override
  public void configure(Map<String, ?> configs) {
    if (configs.get(OutputRefusals.CONFIG) instanceof OutputRefusals given) {
      refusals = given;
    }
  }

  /// @throws OutputRefusedException if trying again is of no use
  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> output, Exception e) {
    if (e instanceof RetriableException && !OutputRefusal.isWithoutTopic(e)) {
      LOG.warn(
          "Topic {} does not take {} ({}). Everything since the last commit is done"
              + " again, nothing is lost.",
          output.topic(),
          OutputRefusal.name(context, output),
          e.getMessage());
      return Response.retry();
    }
    String text = OutputRefusal.text(context, output, e);
    refusals.note(text);
    throw new OutputRefusedException(text, e);
  }
}
