/// Weir's figures, those of Kafka Streams and those of the JVM for Prometheus: the one door to
/// Micrometer and the Prometheus client.
package io.weir.streams.ops.metrics;
