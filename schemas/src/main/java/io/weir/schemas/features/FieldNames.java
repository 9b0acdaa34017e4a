package io.weir.schemas.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    String nearest = all.getFirst();
    int least = Integer.MAX_VALUE;
    for (String candidate : all) {
      int distance = distance(candidate, path);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return "the nearest is '" + nearest + "'";
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

  /// Levenshtein's edit distance, upper and lower case alike.
  private static int distance(String a, String b) {
    String x = a.toLowerCase(Locale.ROOT);
    String y = b.toLowerCase(Locale.ROOT);
    int[] row = new int[y.length() + 1];
    for (int j = 0; j <= y.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= x.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= y.length(); j++) {
        int substitute = diagonal + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitute, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[y.length()];
  }
}
