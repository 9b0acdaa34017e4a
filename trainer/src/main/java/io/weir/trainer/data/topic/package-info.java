/// A part of a Kafka topic becomes Avro files, one per partition: the one door to Kafka and to the
/// schema registry.
package io.weir.trainer.data.topic;
