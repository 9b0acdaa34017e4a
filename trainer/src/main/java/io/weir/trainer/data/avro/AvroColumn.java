package io.weir.trainer.data.avro;

import io.weir.schemas.features.FeatureSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/// A field of the rows' schema that is not a record itself.
///
/// @param name its dotted path, as in [FeatureSpec#field()]
/// @param kind what it holds
/// @param scale digits after the point of a decimal, else 0
/// @param path the position of the field in each record on the way
public record AvroColumn(String name, Kind kind, int scale, List<Integer> path) {
  public AvroColumn {
    path = List.copyOf(path);
  }

  /// What a column holds.
  public enum Kind {
    INTEGER,
    FLOAT,
    DOUBLE,
    DECIMAL,
    BOOLEAN,
    TEXT,
    /// Days since 1970.
    DATE,
    MILLIS,
    MICROS,
    NANOS,
    ARRAY,
    MAP,
    /// Several types, bytes without a meaning, a time of day, a record within itself.
    OTHER
  }

  /// The columns of a record's schema, in its order.
  static List<AvroColumn> of(Schema record) {
    List<AvroColumn> columns = new ArrayList<>();
    flatten("", record, List.of(), new HashSet<>(), columns);
    return columns;
  }

  /// The value in a row, null where it or a record on the way is missing.
  Object in(IndexedRecord row) {
    Object value = row;
    for (int position : path) {
      if (value == null) {
        return null;
      }
      value = ((IndexedRecord) value).get(position);
    }
    return value;
  }

  private static void flatten(
      String prefix,
      Schema record,
      List<Integer> path,
      Set<String> open,
      List<AvroColumn> columns) {
    open.add(record.getFullName());
    for (Schema.Field field : record.getFields()) {
      Schema schema = withoutNull(field.schema());
      String name = prefix + field.name();
      List<Integer> inside = new ArrayList<>(path);
      inside.add(field.pos());
      boolean isRecord = schema.getType() == Schema.Type.RECORD;
      if (isRecord && !open.contains(schema.getFullName())) {
        flatten(name + ".", schema, inside, open, columns);
      } else {
        int scale = schema.getLogicalType() instanceof LogicalTypes.Decimal d ? d.getScale() : 0;
        columns.add(new AvroColumn(name, kind(schema), scale, inside));
      }
    }
    open.remove(record.getFullName());
  }

  private static Schema withoutNull(Schema schema) {
    if (!schema.isUnion()) {
      return schema;
    }
    List<Schema> others =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    return others.size() == 1 ? others.getFirst() : schema;
  }

  private static Kind kind(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    String meaning = logical == null ? "" : logical.getName();
    return switch (schema.getType()) {
      case INT, LONG ->
          switch (meaning) {
            case "date" -> Kind.DATE;
            case "timestamp-millis", "local-timestamp-millis" -> Kind.MILLIS;
            case "timestamp-micros", "local-timestamp-micros" -> Kind.MICROS;
            case "timestamp-nanos", "local-timestamp-nanos" -> Kind.NANOS;
            case "time-millis", "time-micros" -> Kind.OTHER;
            default -> Kind.INTEGER;
          };
      case FLOAT -> Kind.FLOAT;
      case DOUBLE -> Kind.DOUBLE;
      case BOOLEAN -> Kind.BOOLEAN;
      case STRING, ENUM -> Kind.TEXT;
      case BYTES, FIXED -> logical instanceof LogicalTypes.Decimal ? Kind.DECIMAL : Kind.OTHER;
      case ARRAY -> Kind.ARRAY;
      case MAP -> Kind.MAP;
      case RECORD, UNION, NULL -> Kind.OTHER;
    };
  }
}
