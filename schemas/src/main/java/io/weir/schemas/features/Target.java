package io.weir.schemas.features;

import java.util.List;
import org.apache.avro.Schema;

/// A feature on its way to its field.
///
/// @param slot the feature's index
/// @param path what is left of the dotted path, empty at the field itself
record Target(int slot, FeatureSpec spec, List<String> path) {
  static Target of(int slot, FeatureSpec spec) {
    return new Target(slot, spec, List.of(spec.field().split("\\.", -1)));
  }

  boolean arrived() {
    return path.isEmpty();
  }

  String head() {
    return path.getFirst();
  }

  /// One step down.
  Target inside() {
    return new Target(slot, spec, path.subList(1, path.size()));
  }

  /// The key to look for in a map: one step, or all the rest where the values have nothing inside,
  /// because keys may hold dots.
  String mapKey(Schema values) {
    return hasInside(values) ? head() : String.join(".", path);
  }

  /// What is left behind the key.
  Target insideMap(Schema values) {
    return hasInside(values) ? inside() : new Target(slot, spec, List.of());
  }

  private static boolean hasInside(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, MAP -> true;
      case UNION -> schema.getTypes().stream().anyMatch(Target::hasInside);
      case ARRAY, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM, FIXED, NULL -> false;
    };
  }
}
