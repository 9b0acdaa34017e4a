package io.weir.streams;

import java.util.OptionalInt;

/// What the registry calls the schemas of the outputs.
///
/// @param score empty if scores are not written
record OutputSchemaIds(int alert, OptionalInt score) {}
