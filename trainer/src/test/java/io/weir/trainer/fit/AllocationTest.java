package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final int WINDOW = 200;

  /// Until a vector kernel is compiled it boxes its vectors; so the quietest window counts.
  @Test
  void aTrainingStepAllocatesNothing() {
    Quietest quietest = new Quietest();
    new Fit()
        .run(
            Toys.vae(9, 20, 3),
            Toys.MSE,
            Toys.rows(16_000, 9, 1),
            Toys.settings(16, 20, 0, 1, 1),
            quietest);
    assertThat(quietest.bytes).as("bytes in %d steps", WINDOW).isZero();
  }

  private static final class Quietest implements FitListener {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long bytes = Long.MAX_VALUE;
    private long before;

    @Override
    public void stepDone(int epoch, int step, int steps, double loss) {
      if (step % WINDOW == 0) {
        long now = threads.getCurrentThreadAllocatedBytes();
        if (step > WINDOW) {
          bytes = Math.min(bytes, now - before);
        }
        before = threads.getCurrentThreadAllocatedBytes();
      }
    }

    @Override
    public boolean stopRequested() {
      return bytes == 0;
    }
  }
}
