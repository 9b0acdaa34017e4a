package io.weir.benchmarks.stream;

import io.weir.detector.BatchScorer;
import io.weir.streams.decode.EventDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/// The plain way to keep windows: one value per key that holds the whole window, read, moved on and
/// written for every event. Scores in full batches whatever is committed in between, which an
/// application must not do, so that only the stores differ.
final class RingPerValue implements Processor<byte[], byte[], Void, Void> {
  static final String STORE = "rings";

  private static final int FEATURES = Workload.SIXTEEN.features();
  private static final int VALUES = WindowThroughput.STEPS * FEATURES;

  private final EventDecoder decoder;
  private final BatchScorer scorer;
  private final double threshold;
  private final AtomicLong alerts;
  private final float[] event = new float[FEATURES];
  private KeyValueStore<byte[], byte[]> store;
  private int rows;

  /// @param alerts counts scores above the threshold
  RingPerValue(EventDecoder decoder, BatchScorer scorer, double threshold, AtomicLong alerts) {
    this.decoder = decoder;
    this.scorer = scorer;
    this.threshold = threshold;
    this.alerts = alerts;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(STORE);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    EventDecoder.Outcome outcome = decoder.decode(record.value(), event, 0);
    if (outcome == EventDecoder.Outcome.SCHEMA_NOT_LOADED) {
      decoder.load(record.value());
      decoder.decode(record.value(), event, 0);
    }
    float[] window = scorer.features();
    int at = rows * VALUES;
    byte[] before = store.get(record.key());
    int held = before == null ? 0 : before.length / 4;
    int kept = Math.min(held, VALUES - FEATURES);
    Arrays.fill(window, at, at + VALUES - FEATURES - kept, Float.NaN);
    if (kept > 0) {
      ByteBuffer.wrap(before)
          .asFloatBuffer()
          .get(held - kept, window, at + VALUES - FEATURES - kept, kept);
    }
    System.arraycopy(event, 0, window, at + VALUES - FEATURES, FEATURES);
    ByteBuffer after = ByteBuffer.allocate(4 * (kept + FEATURES));
    after.asFloatBuffer().put(window, at + VALUES - FEATURES - kept, kept + FEATURES);
    store.put(record.key(), after.array());
    if (++rows == scorer.maxBatch()) {
      score();
    }
  }

  private void score() {
    if (rows > 0) {
      scorer.scoreRows(rows);
      int above = 0;
      for (int row = 0; row < rows; row++) {
        above += scorer.score(row) > threshold ? 1 : 0;
      }
      alerts.addAndGet(above);
      rows = 0;
    }
  }

  @Override
  public void close() {
    score();
    scorer.close();
  }
}
