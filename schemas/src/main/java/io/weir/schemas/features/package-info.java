/// From the bytes of an Avro event to the raw float32 features of a model: what a feature is, and
/// the compiled program that fetches it.
package io.weir.schemas.features;
