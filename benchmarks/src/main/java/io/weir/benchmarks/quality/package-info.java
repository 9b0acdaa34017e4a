/// How well Weir ranks anomalies on labelled data, beside published baselines of the same splits.
package io.weir.benchmarks.quality;
