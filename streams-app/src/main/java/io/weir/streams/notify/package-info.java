/// A verdict becomes bytes: alerts with their reasons and scores, as Avro in the Confluent wire
/// format.
package io.weir.streams.notify;
