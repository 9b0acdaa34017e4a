package io.weir.schemas.event;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/// The registry's rule FULL_TRANSITIVE: with every version, old readers read new alerts and new
/// readers read old ones.
final class FullTransitive {
  private FullTransitive() {}

  /// What is incompatible between any two of the versions, a line each.
  static List<String> violations(List<Schema> versions) {
    List<String> violations = new ArrayList<>();
    for (Schema reader : versions) {
      for (Schema writer : versions) {
        SchemaPairCompatibility pair =
            SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
          pair.getResult()
              .getIncompatibilities()
              .forEach(each -> violations.add(each.getLocation() + ": " + each.getMessage()));
        }
      }
    }
    return violations;
  }

  /// Fields of the record and of all records inside of it that lack a default or a doc.
  static List<String> undocumented(Schema schema) {
    List<String> found = new ArrayList<>();
    undocumented(schema, new HashSet<>(), found);
    return found;
  }

  private static void undocumented(Schema schema, Set<String> seen, List<String> found) {
    switch (schema.getType()) {
      case RECORD -> {
        if (!seen.add(schema.getFullName())) {
          return;
        }
        if (schema.getDoc() == null) {
          found.add(schema.getName() + " has no doc");
        }
        for (Schema.Field field : schema.getFields()) {
          String name = schema.getName() + "." + field.name();
          if (!field.hasDefaultValue()) {
            found.add(name + " has no default");
          }
          if (field.doc() == null || field.doc().isBlank()) {
            found.add(name + " has no doc");
          }
          undocumented(field.schema(), seen, found);
        }
      }
      case ARRAY -> undocumented(schema.getElementType(), seen, found);
      case MAP -> undocumented(schema.getValueType(), seen, found);
      case UNION -> schema.getTypes().forEach(branch -> undocumented(branch, seen, found));
      default -> {}
    }
  }
}
