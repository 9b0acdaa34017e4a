package io.weir.streams.ops.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.function.BooleanSupplier;

/// `weir_ready`, from the first moment on.
final class ReadinessCollector implements Collector {
  private final Labels labels;
  private final BooleanSupplier ready;

  ReadinessCollector(String application, BooleanSupplier ready) {
    this.labels = Labels.of("application", application);
    this.ready = ready;
  }

  @Override
  public MetricSnapshot collect() {
    return GaugeSnapshot.builder()
        .name("weir_ready")
        .help("1 while the processor is ready, as /health/ready says, else 0")
        .dataPoint(
            GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(ready.getAsBoolean() ? 1 : 0)
                .build())
        .build();
  }
}
