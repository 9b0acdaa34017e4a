package io.weir.streams.ops.metrics;

import static java.util.stream.Collectors.toMap;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.weir.streams.count.Histogram;
import io.weir.streams.ops.Progress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/// Weir's own metrics, read from the very counts that the log tells. The number of series is fixed
/// from the first scrape on: labels have the names of severities, reasons and buckets.
final class WeirCollector implements MultiCollector {
  private final Labels labels;
  private final Figures figures;

  WeirCollector(String application, Figures figures) {
    this.labels = Labels.of("application", application);
    this.figures = figures;
  }

  @Override
  public MetricSnapshots collect() {
    Progress.Counts counts = figures.counts().get();
    return MetricSnapshots.of(
        counter("weir_events_scored", "Events scored, once each time they are", counts.events()),
        counters(
            "weir_alerts",
            "Alerts written, by severity",
            "severity",
            counts.alertsBySeverity().entrySet().stream()
                .collect(
                    toMap(e -> e.getKey().name().toLowerCase(Locale.ROOT), Map.Entry::getValue))),
        suppressed(counts.suppressed()),
        counters(
            "weir_dead_letters",
            "Records that cannot be scored and went to the dead-letter topic, by reason",
            "reason",
            counts.badRecords().entrySet().stream()
                .collect(toMap(e -> e.getKey().name(), Map.Entry::getValue))),
        counter(
            "weir_events_warming_up",
            "Events without a score, since the window of their key is not full",
            counts.warmingUp()),
        counter("weir_events_late", "Events older than their key's newest", counts.lateEvents()),
        counter(
            "weir_keys_expired", "Idle keys whose windows were forgotten", counts.expiredKeys()),
        histogram("weir_score", "Scores of events", counts.scores()),
        histogram(
            "weir_batch_size",
            "Events scored together in a call of ONNX Runtime",
            figures.callRows().get()),
        histogram(
            "weir_inference_seconds",
            "Duration of a call of ONNX Runtime that scores",
            figures.callSeconds().get()),
        threshold(),
        InfoSnapshot.builder()
            .name("weir_model")
            .help("The model that scores; always 1")
            .dataPoint(
                InfoSnapshot.InfoDataPointSnapshot.builder()
                    .labels(
                        figures.model().entrySet().stream()
                            .map(label -> Labels.of(label.getKey(), label.getValue()))
                            .reduce(labels, Labels::merge))
                    .build())
            .build());
  }

  private MetricSnapshot suppressed(Progress.Suppressed counts) {
    CounterSnapshot.Builder builder =
        CounterSnapshot.builder()
            .name("weir_suppressed")
            .help("Anomalous events that made no alert, by reason, and by ignore rule")
            .dataPoint(suppressed("cooldown", "", counts.cooldown()))
            .dataPoint(suppressed("incident", "", counts.incident()));
    counts.ignored().forEach((rule, n) -> builder.dataPoint(suppressed("ignore", rule, n)));
    return builder.build();
  }

  private CounterSnapshot.CounterDataPointSnapshot suppressed(
      String reason, String rule, long value) {
    return CounterSnapshot.CounterDataPointSnapshot.builder()
        .labels(labels.merge(Labels.of("reason", reason, "rule", rule)))
        .value(value)
        .build();
  }

  private MetricSnapshot threshold() {
    return GaugeSnapshot.builder()
        .name("weir_threshold")
        .help("The score above which an event is an alert")
        .dataPoint(
            GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(figures.threshold())
                .build())
        .build();
  }

  private MetricSnapshot counter(String name, String help, long value) {
    return CounterSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(
            CounterSnapshot.CounterDataPointSnapshot.builder().labels(labels).value(value).build())
        .build();
  }

  private MetricSnapshot counters(
      String name, String help, String label, Map<String, Long> values) {
    CounterSnapshot.Builder builder = CounterSnapshot.builder().name(name).help(help);
    values.forEach(
        (key, value) ->
            builder.dataPoint(
                CounterSnapshot.CounterDataPointSnapshot.builder()
                    .labels(labels.merge(Labels.of(label, key)))
                    .value(value)
                    .build()));
    return builder.build();
  }

  private MetricSnapshot histogram(String name, String help, Histogram.Snapshot values) {
    double[] bounds = Arrays.copyOf(values.bounds(), values.bounds().length + 1);
    bounds[bounds.length - 1] = Double.POSITIVE_INFINITY;
    return HistogramSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(
            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, values.counts()))
                .sum(values.sum())
                .build())
        .build();
  }
}
