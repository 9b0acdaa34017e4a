package io.weir.streams.notify;

import io.weir.streams.decode.BadRecordException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/// Sends bad records to the dead-letter topic in Kafka Streams' own way, and nothing else: any
/// other exception, such as a failure of ONNX Runtime or a registry that is gone, says nothing
/// about the record, which must not be taken for done.
public final class DeadLetterHandler extends LogAndContinueProcessingExceptionHandler {
  @Override
  public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception e) {
    return e instanceof BadRecordException
        ? super.handleError(context, record, e)
        : ProcessingExceptionHandler.Response.fail();
  }
}
