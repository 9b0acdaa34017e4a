package io.weir.schemas.features;

import io.weir.schemas.NearestNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/// The dotted paths of a schema, to name the nearest one when a feature's field is not found.
final class FieldNames {
  private static final int MOST = 2_000;

  private FieldNames() {}

  /// The cure for a path that does not exist.
  static String hint(Schema schema, String path) {
    List<String> all = new ArrayList<>();
    collect(schema, "", Set.of(), all);
    if (all.isEmpty()) {
      return "the schema has no field with a value";
    }
    return "the nearest is '" + NearestNames.ranked(path, all).getFirst() + "'";
  }

  private static void collect(Schema schema, String path, Set<Schema> open, List<String> all) {
    if (all.size() >= MOST) {
      return;
    }
    switch (schema.getType()) {
      case RECORD -> {
        if (!open.contains(schema)) {
          Set<Schema> inside = SkipCompiler.with(open, schema);
          for (Schema.Field field : schema.getFields()) {
            collect(field.schema(), SkipCompiler.inside(path, field.name()), inside, all);
          }
        }
      }
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, path, open, all));
      case MAP -> all.add(path + ".<key>");
      case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM, FIXED -> {
        if (!path.isEmpty() && !all.contains(path)) {
          all.add(path);
        }
      }
      case ARRAY, NULL -> {}
    }
  }
}
