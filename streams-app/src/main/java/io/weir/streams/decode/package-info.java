/// The bytes of an event become floats: Confluent wire format, schemas from the registry, compiled
/// once per schema id.
package io.weir.streams.decode;
