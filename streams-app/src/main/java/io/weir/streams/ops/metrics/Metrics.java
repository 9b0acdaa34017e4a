package io.weir.streams.ops.metrics;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams;

/// What Prometheus scrapes. Every series has the label `application`, the `application.id`.
public final class Metrics implements AutoCloseable {
  /// The content type of [#text()].
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /// Kafka makes metrics as it goes, such as those of a partition: how soon they are found.
  private static final Duration REFRESH = Duration.ofSeconds(10);

  private final String application;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final ScheduledExecutorService refresher =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("weir-metrics").factory());
  private KafkaStreamsMetrics kafka;

  /// The JVM's metrics, and whether the processor is ready.
  public Metrics(String application, BooleanSupplier ready) {
    this.application = application;
    registry.config().commonTags(Tags.of("application", application));
    new ClassLoaderMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new JvmInfoMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
    registry.getPrometheusRegistry().register(new ReadinessCollector(application, ready));
  }

  /// Adds what Weir counts.
  public void observe(Figures figures) {
    registry.getPrometheusRegistry().register(new WeirCollector(application, figures));
  }

  /// Adds what Kafka Streams and its clients count.
  public void observe(KafkaStreams streams) {
    kafka = new KafkaStreamsMetrics(streams, Tags.empty(), refresher, REFRESH);
    kafka.bindTo(registry);
  }

  /// All of it, in Prometheus' text format.
  public String text() {
    return registry.scrape(CONTENT_TYPE);
  }

  @Override
  public void close() {
    refresher.shutdownNow();
    if (kafka != null) {
      kafka.close();
    }
    collections.close();
    registry.close();
  }
}
