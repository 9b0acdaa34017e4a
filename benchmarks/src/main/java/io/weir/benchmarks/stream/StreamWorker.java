package io.weir.benchmarks.stream;

import com.sun.management.ThreadMXBean;
import io.weir.streams.config.SettingSources;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/// One measured run: the application, or a topology that does less, reads a topic that is already
/// full; it is measured over the second half, when the JVM has compiled what runs. Then it closes
/// in order.
public final class StreamWorker {
  private static final String THREADS = "kafka.streams:type=stream-thread-metrics,*";
  private static final String[] PROCESSED = {"process-total"};
  private static final long GIVE_UP_SECONDS = 300;
  private static final ThreadMXBean JVM_THREADS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private StreamWorker() {}

  /// Arguments: mode, settings file, number of events in the topic. Prints a line of [Measured].
  public static void main(String[] args) throws Exception {
    Mode mode = Mode.valueOf(args[0]);
    Path settings = Path.of(args[1]);
    long events = Long.parseLong(args[2]);
    Thread.ofPlatform().daemon().start(() -> measure(events));
    switch (mode) {
      case DROP, DECODE, NAIVE ->
          PlainTopology.start(mode, new SettingSources().file(settings).settings());
      case SCORE, ALERTS, SINGLE ->
          io.weir.streams.Main.main(new String[] {"run", "--config", settings.toString()});
    }
  }

  /// What the stream threads have done and used so far.
  private record Reading(double events, long nanos, long cpuNanos, long allocated) {
    static Reading now(double events) {
      long cpu = 0;
      long allocated = 0;
      long[] threads =
          Arrays.stream(JVM_THREADS.getThreadInfo(JVM_THREADS.getAllThreadIds()))
              .filter(info -> info != null && info.getThreadName().contains("-StreamThread-"))
              .mapToLong(info -> info.getThreadId())
              .toArray();
      for (long thread : threads) {
        cpu += Math.max(0, JVM_THREADS.getThreadCpuTime(thread));
        allocated += Math.max(0, JVM_THREADS.getThreadAllocatedBytes(thread));
      }
      return new Reading(events, System.nanoTime(), cpu, allocated);
    }

    Measured since(Reading before) {
      double count = events - before.events;
      return new Measured(
          count / ((nanos - before.nanos) / 1e9),
          (cpuNanos - before.cpuNanos) / count,
          (allocated - before.allocated) / count);
    }
  }

  private static void measure(long events) {
    try {
      Reading before = Reading.now(await(events / 2));
      Reading after = Reading.now(await(events));
      System.out.println(after.since(before).line());
      System.exit(0);
    } catch (InterruptedException | JMException e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(3);
    }
  }

  private static double await(long count) throws InterruptedException, JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    long limit = System.nanoTime() + GIVE_UP_SECONDS * 1_000_000_000L;
    while (true) {
      double processed = 0;
      Set<ObjectName> threads = beans.queryNames(new ObjectName(THREADS), null);
      for (ObjectName thread : threads) {
        processed += processed(beans, thread);
      }
      if (processed >= count) {
        return processed;
      }
      if (System.nanoTime() > limit) {
        System.err.printf("Only %.0f of %d events after %d s%n", processed, count, GIVE_UP_SECONDS);
        Runtime.getRuntime().halt(4);
      }
      Thread.sleep(1);
    }
  }

  /// Kafka registers a bean anew whenever it gets a further attribute: for a moment it is gone, or
  /// does not have this one yet.
  private static double processed(MBeanServer beans, ObjectName thread) throws JMException {
    try {
      for (Attribute total : beans.getAttributes(thread, PROCESSED).asList()) {
        return ((Number) total.getValue()).doubleValue();
      }
    } catch (InstanceNotFoundException e) {
      return 0;
    }
    return 0;
  }
}
