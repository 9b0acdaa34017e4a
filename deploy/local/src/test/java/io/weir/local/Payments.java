package io.weir.local;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaBuilder.FieldAssembler;

/// Schemas of one record type, in the steps by which such a type grows and shrinks.
final class Payments {

  static final Schema AMOUNT = of(payment());
  static final Schema AMOUNT_AND_REQUIRED_COUNTRY = of(payment().requiredString("country"));
  static final Schema AMOUNT_AND_DEFAULTED_COUNTRY =
      of(payment().name("country").type().stringType().stringDefault("?"));
  static final Schema AMOUNT_AS_TEXT =
      of(SchemaBuilder.record("Payment").namespace("io.weir").fields().requiredString("amount"));

  private Payments() {}

  private static FieldAssembler<Schema> payment() {
    return SchemaBuilder.record("Payment").namespace("io.weir").fields().requiredDouble("amount");
  }

  private static Schema of(FieldAssembler<Schema> fields) {
    return fields.endRecord();
  }
}
