package io.weir.streams.ops.metrics;

import io.weir.streams.count.Histogram;
import io.weir.streams.ops.Progress;
import java.util.Map;
import java.util.function.Supplier;

/// What a scrape reads. The suppliers are asked at every scrape.
///
/// @param model labels that say which model scores, and by which threshold policy
/// @param threshold the score above which an event is an alert
/// @param counts of events, alerts and bad records
/// @param callRows events per call of ONNX Runtime
/// @param callSeconds duration of these calls
public record Figures(
    Map<String, String> model,
    double threshold,
    Supplier<Progress.Counts> counts,
    Supplier<Histogram.Snapshot> callRows,
    Supplier<Histogram.Snapshot> callSeconds) {}
