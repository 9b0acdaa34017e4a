package io.weir.schemas.features;

import java.util.Set;
import org.apache.avro.Schema;

/// Finds a field of a record by the name that a feature uses, or by an alias that either schema
/// declares.
final class FieldFinder {
  private FieldFinder() {}

  /// The writer's field, or null if it wrote none under that name or an alias.
  ///
  /// @param reader the reader's form of the same record, or null
  static Schema.Field written(Schema writer, Schema reader, String name) {
    Schema.Field same = writer.getField(name);
    if (same != null) {
      return same;
    }
    for (Schema.Field field : writer.getFields()) {
      if (field.aliases().contains(name)) {
        return field;
      }
    }
    Schema.Field wanted = inReader(reader, name);
    Set<String> aliases = wanted == null ? Set.of() : wanted.aliases();
    for (Schema.Field field : writer.getFields()) {
      if (aliases.contains(field.name())) {
        return field;
      }
    }
    return null;
  }

  /// The reader's field, or null.
  static Schema.Field inReader(Schema reader, String name) {
    if (reader == null || reader.getType() != Schema.Type.RECORD) {
      return null;
    }
    Schema.Field same = reader.getField(name);
    if (same != null) {
      return same;
    }
    for (Schema.Field field : reader.getFields()) {
      if (field.aliases().contains(name)) {
        return field;
      }
    }
    return null;
  }

  /// The reader's form of a writer's schema: of a union the branch of the same type and name, else
  /// of the same type. Null if it has none.
  static Schema counterpart(Schema writer, Schema reader) {
    if (reader == null || writer.getType() == Schema.Type.UNION) {
      return reader;
    }
    if (reader.getType() != Schema.Type.UNION) {
      return reader.getType() == writer.getType() ? reader : null;
    }
    Schema sameType = null;
    for (Schema branch : reader.getTypes()) {
      if (branch.getType() == writer.getType()) {
        if (branch.getFullName().equals(writer.getFullName())) {
          return branch;
        }
        sameType = sameType == null ? branch : sameType;
      }
    }
    return sameType;
  }
}
