package io.weir.streams.infer;

import io.weir.detector.Detector;
import io.weir.streams.decode.EventDecoder;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/// The scoring of one application: brings together, on each stream thread, what its consumer polled
/// and what its tasks score.
///
/// A thread's scorer is shared by its tasks: it is made by the first one's [#join()] and closed by
/// the last one's [#leave(ThreadScorer, int)].
public final class LookAhead {
  /// Under this key, below the main consumer's prefix, the interceptor finds the application's
  /// look-ahead.
  public static final String CONFIG = "weir.look.ahead";

  private final Detector detector;
  private final Supplier<EventDecoder> decoders;
  private final int batchMax;
  private final RowJudge judge;
  private final ThreadLocal<PolledRecords> polled;
  private final ThreadLocal<ThreadScorer> scorers = new ThreadLocal<>();
  private final ScoringCalls calls;

  /// @param decoders makes a decoder for a thread
  /// @param batchMax most events per call of ONNX Runtime
  /// @param judge tells which events are anomalous and to be explained
  public LookAhead(
      Detector detector, Supplier<EventDecoder> decoders, int batchMax, RowJudge judge) {
    this.detector = detector;
    this.decoders = decoders;
    this.batchMax = batchMax;
    this.judge = judge;
    this.calls = new ScoringCalls(batchMax);
    this.polled = ThreadLocal.withInitial(() -> new PolledRecords(batchMax));
  }

  /// Notes what the calling thread's consumer polled, before its events are scored in turn.
  public void note(ConsumerRecords<byte[], byte[]> records) {
    polled.get().note(records);
  }

  /// Gives a task the calling thread's scorer.
  public ThreadScorer join() {
    ThreadScorer scorer = scorers.get();
    if (scorer == null || scorer.isClosed()) {
      scorer =
          new ThreadScorer(
              decoders.get(), polled.get(), new RowBatch(detector, batchMax, judge, calls));
      scorers.set(scorer);
    }
    scorer.join();
    return scorer;
  }

  /// Ends a task's use of a scorer and forgets what was polled for the task.
  ///
  /// @param partition the task's partition number
  public void leave(ThreadScorer scorer, int partition) {
    scorer.leave(partition);
    if (scorer.isClosed() && scorers.get() == scorer) {
      scorers.remove();
    }
  }

  /// How many calls of ONNX Runtime there were for scores, on all threads.
  public long calls() {
    return calls.rows().count();
  }

  /// The same calls, their sizes and durations.
  public ScoringCalls scoringCalls() {
    return calls;
  }

  @Override
  public String toString() {
    return "look-ahead of up to " + batchMax + " events";
  }
}
