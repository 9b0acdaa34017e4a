package io.weir.trainer.data.topic;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.avro.AvroRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/// The fields that rows of a topic have beside those of their values. None of them becomes a
/// feature unless it is included by name.
public final class TopicFields {
  /// The record's key: text where its bytes are UTF-8, else as hexadecimal digits; null without.
  public static final String KEY = "kafka_key";

  /// The record's timestamp, in milliseconds since 1970; null where it has none.
  public static final String TIMESTAMP = "kafka_timestamp";

  /// The partition, from 0.
  public static final String PARTITION = "kafka_partition";

  /// The offset within the partition, from 0.
  public static final String OFFSET = "kafka_offset";

  private static final List<String> NAMES = List.of(KEY, TIMESTAMP, PARTITION, OFFSET);

  private TopicFields() {}

  /// The schema of the rows: the fields of the values, behind them those of the record.
  ///
  /// @throws DataException where values are no records, or have a field of the same name
  static Schema schema(Schema values, String source) {
    if (values.getType() != Schema.Type.RECORD) {
      throw new DataException(
          "%s: values of type %s: rows must be records"
              .formatted(source, values.getType().getName()));
    }
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : values.getFields()) {
      if (NAMES.contains(field.name().toLowerCase(Locale.ROOT))) {
        throw new DataException(
            "%s has a field %s, which is the name of a column that Weir adds. Give a schema without it, with --reader-schema FILE"
                .formatted(source, field.name()));
      }
      fields.add(new Schema.Field(field, field.schema()));
    }
    Schema text = Schema.create(Schema.Type.STRING);
    Schema time = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    fields.add(aside(KEY, nullable(text)));
    fields.add(aside(TIMESTAMP, nullable(time)));
    fields.add(aside(PARTITION, Schema.create(Schema.Type.INT)));
    fields.add(aside(OFFSET, Schema.create(Schema.Type.LONG)));
    // A name of its own: a record that holds records of its own kind goes on meaning itself.
    return Schema.createRecord(
        "TopicRow", values.getFullName(), "io.weir.trainer.topic", false, fields);
  }

  private static Schema nullable(Schema schema) {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
  }

  private static Schema.Field aside(String name, Schema schema) {
    Object otherwise = schema.isUnion() ? JsonProperties.NULL_VALUE : null;
    Schema.Field field = new Schema.Field(name, schema, null, otherwise);
    field.addProp(AvroRows.ASIDE, true);
    return field;
  }
}
