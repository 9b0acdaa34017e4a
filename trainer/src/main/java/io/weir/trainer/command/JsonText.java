package io.weir.trainer.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// Results as JSON, one field per line, numbers in the shortest form that reads back to the same
/// bits.
final class JsonText {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// Commands' own results are in snake_case, as their CSV columns are.
  private static final JsonMapper SNAKE_CASE =
      JSON.rebuild().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private JsonText() {}

  /// A record of the contract, fields as the record names them.
  static String of(Object value) {
    return write(JSON, value);
  }

  /// A result, fields in snake_case.
  static String snakeCase(Object value) {
    return write(SNAKE_CASE, value);
  }

  private static String write(JsonMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Records are always writable", e);
    }
  }
}
