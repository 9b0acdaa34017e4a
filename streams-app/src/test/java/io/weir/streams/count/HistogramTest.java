package io.weir.streams.count;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void aValueFallsIntoTheFirstBucketWhoseBoundIsNotBelowIt() {
    Histogram histogram = new Histogram(Buckets.of(4, 1, 2, Double.NaN, 2));
    Histogram.Writer writer = histogram.writer();
    for (double value :
        new double[] {-7, 1, 1.5, 2, 4, 4.1, Double.POSITIVE_INFINITY, Double.NaN}) {
      writer.record(value);
    }
    Histogram.Snapshot snapshot = histogram.snapshot();
    assertThat(snapshot.bounds()).containsExactly(1, 2, 4);
    assertThat(snapshot.counts()).containsExactly(2, 2, 1, 3);
    assertThat(snapshot.count()).isEqualTo(8);
    assertThat(snapshot.sum()).as("of the finite values").isEqualTo(-7 + 1 + 1.5 + 2 + 4 + 4.1);
  }

  @Test
  void everyValueHasTheBucketThatAPlainSearchFinds() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      double scale = Math.pow(10, random.nextInt(-40, 40));
      double[] bounds = random.doubles(1 + random.nextInt(60), -1, 3).map(b -> b * scale).toArray();
      Buckets buckets = Buckets.of(bounds);
      double[] sorted = buckets.bounds();
      for (int i = 0; i < 300; i++) {
        double near = sorted[random.nextInt(sorted.length)];
        double value =
            switch (i % 5) {
              case 0 -> near;
              case 1 -> Math.nextUp(near);
              case 2 -> Math.nextDown(near);
              case 3 -> Float.intBitsToFloat(random.nextInt());
              default -> scale * random.nextDouble(-2, 4);
            };
        int plain = 0;
        while (plain < sorted.length && !(value <= sorted[plain])) {
          plain++;
        }
        assertThat(buckets.index(value)).as("%s in %s", value, buckets).isEqualTo(plain);
      }
    }
  }

  @Test
  void doublingBoundsReachTheLastValue() {
    assertThat(Buckets.doubling(1, 512).bounds()).hasSize(10).endsWith(256, 512);
    assertThat(Buckets.doubling(1, 513).bounds()).endsWith(512, 1_024);
    assertThat(Buckets.doubling(1, 1).bounds()).containsExactly(1);
  }

  @Test
  void writersThatEndAreNotForgottenAndNothingIsCountedTwiceOrLost() throws Exception {
    Histogram histogram = new Histogram(Buckets.of(0.5));
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int task = 0; task < 50; task++) {
                      try (Histogram.Writer writer = histogram.writer()) {
                        for (int i = 0; i < 1_000; i++) {
                          writer.record(i % 2);
                        }
                      }
                    }
                  }));
    }
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  long last = 0;
                  while (!done.get()) {
                    long now = histogram.snapshot().count();
                    if (now < last) {
                      throw new AssertionError("went down from " + last + " to " + now);
                    }
                    last = now;
                  }
                });
    List<Throwable> failures = new ArrayList<>();
    reader.setUncaughtExceptionHandler((_, e) -> failures.add(e));
    for (Thread thread : threads) {
      thread.join();
    }
    done.set(true);
    reader.join();
    assertThat(failures).isEmpty();
    assertThat(histogram.snapshot().counts()).containsExactly(100_000, 100_000);
    assertThat(histogram.snapshot().sum()).isEqualTo(100_000);
  }

  @Test
  void recordingAllocatesNothing() {
    Histogram.Writer writer = new Histogram(Buckets.doubling(0.001, 100)).writer();
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int round = 0; round < 2; round++) {
      before = memory.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1_000_000; i++) {
        writer.record(i * 1e-4);
      }
    }
    assertThat(memory.getCurrentThreadAllocatedBytes() - before)
        .as("bytes for a million records")
        .isLessThan(10_000);
  }
}
