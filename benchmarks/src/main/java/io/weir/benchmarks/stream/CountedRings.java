package io.weir.benchmarks.stream;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Counts what a [RingPerValue] has done.
record CountedRings(RingPerValue rings, AtomicLong processed)
    implements Processor<byte[], byte[], Void, Void> {
  @Override
  public void init(ProcessorContext<Void, Void> context) {
    rings.init(context);
  }

  @Override
  public void process(Record<byte[], byte[]> event) {
    rings.process(event);
    processed.incrementAndGet();
  }

  @Override
  public void close() {
    rings.close();
  }
}
