package io.weir.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/// Reads the schema out of a request's body: `{"schema": "..."}`.
final class RequestedSchema {

  private static final List<String> UNSUPPORTED = List.of("references", "metadata", "ruleSet");

  private RequestedSchema() {}

  /// @throws RegistryException if it is no Avro schema, or asks for something that this registry
  ///   does not keep
  static Schema in(JsonNode body) {
    String type = body.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw RegistryException.invalidSchema(
          "Schema type %s is not supported by this registry. It keeps AVRO schemas only."
              .formatted(type));
    }
    for (String part : UNSUPPORTED) {
      JsonNode given = body.path(part);
      if (!given.isMissingNode() && !given.isNull() && !given.isEmpty()) {
        throw RegistryException.invalidSchema(
            "This registry does not support %s. Register a schema that stands alone, without them."
                .formatted(part));
      }
    }
    JsonNode text = body.path("schema");
    if (!text.isTextual()) {
      throw RegistryException.invalidSchema(
          "The request holds no schema. Send {\"schema\": \"...\"} with the schema as a string.");
    }
    try {
      return new Schema.Parser().parse(text.textValue());
    } catch (AvroRuntimeException e) {
      throw RegistryException.invalidSchema(
          "Invalid schema %s, details: %s".formatted(text.textValue(), e.getMessage()));
    }
  }
}
