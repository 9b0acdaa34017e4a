package io.weir.benchmarks.stream;

import io.weir.streams.config.InputTopics;
import io.weir.streams.config.SettingSources;
import io.weir.streams.config.Settings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/// One measured run: the application, or one that drops everything, reads a topic that is already
/// full; the rate is taken over its second half, when the JVM has compiled what runs. Then it
/// closes in order.
public final class StreamWorker {
  private static final String THREADS = "kafka.streams:type=stream-thread-metrics,*";
  private static final String[] PROCESSED = {"process-total"};
  private static final long GIVE_UP_SECONDS = 300;

  private StreamWorker() {}

  private static final class Drop implements Processor<byte[], byte[], Void, Void> {
    @Override
    public void process(Record<byte[], byte[]> event) {}
  }

  /// Arguments: mode, settings file, number of events in the topic. Prints the events per second.
  public static void main(String[] args) throws Exception {
    Mode mode = Mode.valueOf(args[0]);
    Path settings = Path.of(args[1]);
    long events = Long.parseLong(args[2]);
    Thread.ofPlatform().daemon().start(() -> measure(events));
    if (mode == Mode.DROP) {
      drop(new SettingSources().file(settings).settings());
    } else {
      io.weir.streams.Main.main(new String[] {"run", "--config", settings.toString()});
    }
  }

  private static void drop(Settings settings) {
    Topology topology = new Topology();
    topology.addSource(
        "events", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics(settings));
    topology.addProcessor("drop", Drop::new, "events");
    Properties properties = new Properties();
    properties.putAll(settings.kafka());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    KafkaStreams streams = new KafkaStreams(topology, properties);
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
    streams.start();
  }

  private static String[] topics(Settings settings) {
    return switch (settings.input()) {
      case InputTopics.Listed(var topics) -> topics.toArray(String[]::new);
      case InputTopics.Matching _ ->
          throw new IllegalArgumentException("The benchmark names its topic");
    };
  }

  private static void measure(long events) {
    try {
      long from = events / 2;
      double before = await(from);
      long start = System.nanoTime();
      double after = await(events);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.println((after - before) / seconds);
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
