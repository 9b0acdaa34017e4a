package io.weir.trainer.engine.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Runs every vector kernel on tiny sizes until it is compiled. Before that it boxes every vector
/// and runs at a hundredth of its speed; and a kernel that is first compiled as a part of its
/// caller may be cut off by the compiler's size limits and box forever. That it no longer allocates
/// tells that it is ready.
final class KernelWarmUp {
  /// Calls before the compiler takes a kernel at the latest (`Tier4InvocationThreshold`), and some.
  private static final int CALLS = 5_200;

  private static final int CALLS_BETWEEN_LOOKS = 50;
  private static final long COMPILER_NANOS = 2_000_000;
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final float[] a = new float[8 * 96];
  private final float[] b = new float[8 * 96];
  private final float[] c = new float[8 * 96];
  private final float[] d = new float[8 * 96];
  private final float[] sums = new float[96];
  private final int[] words = new int[16];

  private KernelWarmUp() {}

  static void run(Kernels kernels) {
    KernelWarmUp warmUp = new KernelWarmUp();
    List<Runnable> calls = warmUp.calls(kernels);
    for (Runnable call : calls) {
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
    }
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    for (Runnable call : calls) {
      while (warmUp.allocates(call) && System.nanoTime() < deadline) {
        LockSupport.parkNanos(COMPILER_NANOS);
      }
    }
  }

  private boolean allocates(Runnable call) {
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS_BETWEEN_LOOKS; i++) {
      call.run();
    }
    return threads.getCurrentThreadAllocatedBytes() - before > CALLS_BETWEEN_LOOKS;
  }

  private List<Runnable> calls(Kernels k) {
    return List.of(
        () -> k.multiply(8, 1, 16, a, 0, 48, b, c, 0, 48, 1, c, 0, 48),
        () -> k.multiply(8, 1, 32, a, 0, 48, b, c, 0, 48, 1, c, 0, 48),
        () -> k.multiply(8, 1, 48, a, 0, 48, b, c, 0, 48, 1, c, 0, 48),
        () -> transposedMultiply(k, 16),
        () -> transposedMultiply(k, 32),
        () -> transposedMultiply(k, 48),
        () -> k.transpose(16, 16, a, 0, d, 0),
        () -> k.columnSums(1, 16, d, 0, 48, sums, 0),
        () -> k.leakyRelu(c, 0, 16, 0.3f),
        () -> k.leakyReluGradient(c, d, 0, 16, 0.3f),
        () -> k.tanh(c, 0, 16),
        () -> k.tanhGradient(c, d, 0, 16),
        () -> k.sigmoid(c, 0, 16),
        () -> k.sigmoidGradient(c, d, 0, 16),
        () -> k.lstmCell(1, 16, d, 0, 64, a, b, sums, 0, 16, c, 0, 16),
        () -> k.lstmCellGradient(1, 16, d, 0, 64, a, sums, b, 0, 16, c, 0, 16),
        () -> k.squaredError(1, 16, c, a, d, 0, sums, sums, 0, 1, b, 0),
        () -> k.absoluteError(1, 16, c, a, d, 0, sums, sums, 0, 1, b, 0),
        () -> k.crossEntropyOfLogits(1, 16, c, a, d, 0, sums, sums, 0, 1, b, 0),
        () -> k.sample(1, 16, a, c, d, b, d, 0, sums, 0),
        () -> k.sampleGradient(16, d, a, c, d, b, c, 0, 1),
        () -> k.normals(16, words, words, a, c),
        () -> k.adam(16, a, c, b, 0, d, 0, 0, 0, 0, 1));
  }

  /// Both ways: the compiler leaves out what never ran.
  private void transposedMultiply(Kernels k, int width) {
    k.transposedMultiply(1, 8, width, a, 0, 48, d, 0, 48, b, 8, false);
    k.transposedMultiply(1, 8, width, a, 0, 48, d, 0, 48, b, 8, true);
  }
}
