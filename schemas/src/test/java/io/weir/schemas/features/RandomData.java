package io.weir.schemas.features;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/// Makes data for any schema, awkward values among it.
final class RandomData {
  static final List<String> KEYS = List.of("a", "b", "k.x", "ключ");
  private static final List<String> STRINGS =
      List.of(
          "",
          "a",
          "b",
          "true",
          "False",
          "no",
          "ü€😀",
          "2026-03-01T08:15:30.250Z",
          "2024-02-29",
          "1969-12-31 23:59:59+01:00",
          "2026-02-30",
          "17",
          "a rather long word that nobody knows");
  private static final List<Double> DOUBLES =
      List.of(0.0, -0.0, 1.0, Double.NaN, Double.POSITIVE_INFINITY, 1e300, Double.MIN_VALUE, -3.25);
  private static final List<Long> LONGS =
      List.of(0L, 1L, -1L, 17L, Long.MAX_VALUE, Long.MIN_VALUE, 1_767_258_000_123L, -1L << 35);

  private final Random random;
  private int budget = 300;

  RandomData(Random random) {
    this.random = random;
  }

  Object datum(Schema schema) {
    budget--;
    return switch (schema.getType()) {
      case NULL -> null;
      case BOOLEAN -> random.nextBoolean();
      case INT -> random.nextBoolean() ? random.nextInt(3) : random.nextInt();
      case LONG -> random.nextBoolean() ? oneOf(LONGS) : random.nextLong();
      case FLOAT ->
          random.nextInt(4) == 0 ? oneOf(DOUBLES).floatValue() : random.nextFloat() * 1e3f;
      case DOUBLE -> random.nextInt(4) == 0 ? oneOf(DOUBLES) : random.nextGaussian() * 1e3;
      case STRING -> oneOf(STRINGS);
      case ENUM -> new GenericData.EnumSymbol(schema, oneOf(schema.getEnumSymbols()));
      case BYTES -> ByteBuffer.wrap(digits(schema, random.nextInt(12)));
      case FIXED -> new GenericData.Fixed(schema, digits(schema, schema.getFixedSize()));
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        for (int n = few(); n > 0; n--) {
          list.add(datum(schema.getElementType()));
        }
        yield list;
      }
      case MAP -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int n = few(); n > 0; n--) {
          map.put(oneOf(KEYS), datum(schema.getValueType()));
        }
        yield map;
      }
      case UNION -> {
        List<Schema> branches = schema.getTypes();
        // A null ends the recursion of a record in itself.
        yield datum(budget < 0 ? branches.getFirst() : oneOf(branches));
      }
      case RECORD -> {
        GenericData.Record record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.pos(), datum(field.schema())));
        yield record;
      }
    };
  }

  /// In blocks with their size in bytes, or without.
  byte[] encode(Schema schema, Object datum) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EncoderFactory factory = new EncoderFactory().configureBlockSize(64);
    BinaryEncoder encoder =
        random.nextBoolean()
            ? factory.blockingBinaryEncoder(bytes, null)
            : factory.binaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<>(schema).write(datum, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private int few() {
    return budget < 0 ? 0 : random.nextInt(4);
  }

  private byte[] digits(Schema schema, int size) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      BigInteger unscaled =
          random.nextInt(3) == 0
              ? BigDecimal.ONE.setScale(decimal.getScale()).unscaledValue()
              : BigInteger.valueOf(random.nextInt(2_000_000) - 1_000_000);
      byte[] digits = unscaled.toByteArray();
      if (schema.getType() == Schema.Type.BYTES) {
        return digits;
      }
      byte[] padded = new byte[size];
      Arrays.fill(padded, (byte) (unscaled.signum() < 0 ? -1 : 0));
      System.arraycopy(digits, 0, padded, size - digits.length, digits.length);
      return padded;
    }
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
