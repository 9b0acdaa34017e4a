package io.weir.trainer.data.avro;

import io.weir.trainer.data.ask.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;

/// Reads container files by the schema of the first one; the others are resolved to it.
public final class AvroRows {
  /// The property, with the value true, of fields that say something about a row and become a
  /// feature only where they are included by name.
  public static final String ASIDE = "weir.aside";

  private static final long NANOS_PER_MICRO = 1_000;
  private static final long MICROS_PER_MILLI = 1_000;

  private final Schema schema;
  private final List<AvroColumn> columns;

  private AvroRows(Schema schema) {
    this.schema = schema;
    this.columns = AvroColumn.of(schema);
  }

  /// Takes rows, one at a time.
  public interface Sink {
    /// @param values one per column: Long (whole numbers, days, microseconds), Double, Boolean,
    ///   String, or null; the array is used again for the next row
    void accept(Object[] values);
  }

  /// Reads the schema of a file.
  ///
  /// @throws DataException where it is no Avro container file of records
  public static AvroRows of(Path file) {
    try (DataFileReader<GenericRecord> reader = open(file, null)) {
      Schema schema = reader.getSchema();
      if (schema.getType() != Schema.Type.RECORD) {
        throw new DataException(
            "%s holds Avro values of type %s: rows must be records.".formatted(file, schema));
      }
      return new AvroRows(schema);
    } catch (IOException | AvroRuntimeException e) {
      throw failure(file, e);
    }
  }

  /// The columns, nested fields by their dotted path.
  public List<AvroColumn> columns() {
    return columns;
  }

  /// The names of the columns that are marked as [#ASIDE].
  public Set<String> asides() {
    return schema.getFields().stream()
        .filter(field -> Boolean.TRUE.equals(field.getObjectProp(ASIDE)))
        .map(Schema.Field::name)
        .collect(Collectors.toSet());
  }

  /// Reads all rows of a file.
  ///
  /// @throws DataException where it is damaged, or its schema does not fit the first file's
  public void read(Path file, Sink sink) {
    Object[] values = new Object[columns.size()];
    long row = 0;
    try (DataFileReader<GenericRecord> reader = open(file, schema)) {
      GenericRecord record = null;
      for (; reader.hasNext(); row++) {
        record = reader.next(record);
        for (int c = 0; c < values.length; c++) {
          values[c] = value(columns.get(c), columns.get(c).in(record));
        }
        sink.accept(values);
      }
      // Avro takes a block that is cut off for the end of the file.
      if (reader.previousSync() < Files.size(file)) {
        throw new EOFException("it is cut off in the middle of a block");
      }
    } catch (IOException | AvroRuntimeException e) {
      throw failure(Path.of(file + " (row %d)".formatted(row)), e);
    }
  }

  private static DataFileReader<GenericRecord> open(Path file, Schema schema) throws IOException {
    return new DataFileReader<>(file.toFile(), new GenericDatumReader<>(null, schema));
  }

  private static DataException failure(Path file, Exception e) {
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    return new DataException("%s cannot be read as Avro: %s".formatted(file, reason), e);
  }

  private static Object value(AvroColumn column, Object value) {
    if (value == null) {
      return null;
    }
    return switch (column.kind()) {
      case INTEGER, DATE, MICROS -> ((Number) value).longValue();
      case MILLIS -> ((Number) value).longValue() * MICROS_PER_MILLI;
      case NANOS -> Math.floorDiv(((Number) value).longValue(), NANOS_PER_MICRO);
      case FLOAT, DOUBLE -> ((Number) value).doubleValue();
      case DECIMAL -> unscaled(value).doubleValue() / Math.pow(10, column.scale());
      case BOOLEAN -> value;
      case TEXT -> value.toString();
      case ARRAY, MAP, OTHER -> null;
    };
  }

  private static BigInteger unscaled(Object value) {
    if (value instanceof GenericFixed fixed) {
      return new BigInteger(fixed.bytes());
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
  }
}
