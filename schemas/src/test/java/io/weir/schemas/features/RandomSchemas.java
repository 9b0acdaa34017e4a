package io.weir.schemas.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;

/// Makes record schemas out of all of Avro's types, nested, shared and recursive.
final class RandomSchemas {
  private final Random random;
  private final List<Schema> records = new ArrayList<>();
  private int names;

  RandomSchemas(Random random) {
    this.random = random;
  }

  Schema event() {
    return record(3);
  }

  private Schema record(int depth) {
    Schema record = Schema.createRecord("R" + names++, null, "test", false);
    List<Schema.Field> fields = new ArrayList<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      fields.add(new Schema.Field("f" + i, any(depth - 1), null, null));
    }
    if (random.nextInt(4) == 0) {
      fields.add(new Schema.Field("again", oneOf(nullable(record), list(record), map(record))));
    }
    record.setFields(fields);
    records.add(record);
    return record;
  }

  private Schema any(int depth) {
    if (depth <= 0) {
      return leaf();
    }
    return switch (random.nextInt(10)) {
      case 0, 1 -> record(depth);
      case 2 -> list(any(depth - 1));
      case 3 -> map(any(depth - 1));
      case 4, 5 -> union(depth);
      case 6 -> records.isEmpty() ? leaf() : records.get(random.nextInt(records.size()));
      default -> leaf();
    };
  }

  private Schema union(int depth) {
    List<Schema> branches = new ArrayList<>();
    if (random.nextBoolean()) {
      branches.add(Schema.create(Type.NULL));
    }
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Schema branch = any(depth - 1);
      boolean named =
          branch.getType() == Type.RECORD
              || branch.getType() == Type.ENUM
              || branch.getType() == Type.FIXED;
      boolean clash =
          branch.getType() == Type.UNION
              || branches.stream()
                  .anyMatch(
                      b ->
                          named
                              ? b.getFullName().equals(branch.getFullName())
                              : b.getType() == branch.getType());
      if (!clash) {
        branches.add(branch);
      }
    }
    return branches.isEmpty() ? leaf() : Schema.createUnion(branches);
  }

  private Schema leaf() {
    return switch (random.nextInt(24)) {
      case 0 -> Schema.create(Type.NULL);
      case 1, 2 -> Schema.create(Type.BOOLEAN);
      case 3 -> Schema.create(Type.INT);
      case 4 -> LogicalTypes.date().addToSchema(Schema.create(Type.INT));
      case 5 -> LogicalTypes.timeMillis().addToSchema(Schema.create(Type.INT));
      case 6, 7 -> Schema.create(Type.LONG);
      case 8 -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Type.LONG));
      case 9 -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Type.LONG));
      case 10 -> LogicalTypes.timestampNanos().addToSchema(Schema.create(Type.LONG));
      case 11 -> LogicalTypes.localTimestampMillis().addToSchema(Schema.create(Type.LONG));
      case 12 -> LogicalTypes.timeMicros().addToSchema(Schema.create(Type.LONG));
      case 13, 14 -> Schema.create(Type.FLOAT);
      case 15, 16 -> Schema.create(Type.DOUBLE);
      case 17 -> Schema.create(Type.BYTES);
      case 18 -> LogicalTypes.decimal(12, 3).addToSchema(Schema.create(Type.BYTES));
      case 19 ->
          LogicalTypes.decimal(9, 2)
              .addToSchema(
                  Schema.createFixed("D" + names++, null, "test", 1 + 3 + random.nextInt(9)));
      case 20 -> Schema.createFixed("F" + names++, null, "test", random.nextInt(20));
      case 21 ->
          Schema.createEnum("E" + names++, null, "test", List.of("a", "TRUE", "b", "false", "c"));
      default -> Schema.create(Type.STRING);
    };
  }

  private static Schema nullable(Schema schema) {
    return Schema.createUnion(Schema.create(Type.NULL), schema);
  }

  private static Schema list(Schema schema) {
    return Schema.createArray(schema);
  }

  private static Schema map(Schema schema) {
    return Schema.createMap(schema);
  }

  @SafeVarargs
  private <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
