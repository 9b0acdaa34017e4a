/// Checks that the repackaged Confluent client works on the Kafka and Avro versions of this
/// project.
package io.weir.confluent;
