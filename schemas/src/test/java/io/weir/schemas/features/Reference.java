package io.weir.schemas.features;

import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;

/// The plain twin of the feature program: reads the whole event with Avro's own reader, then takes
/// each feature out of the objects with the JDK's BigDecimal and java.time.
final class Reference {
  /// A feature, or why there is none.
  record Answer(DecodeStatus status, float value) {
    static final Answer MISSING = new Answer(DecodeStatus.MISSING_VALUE, Float.NaN);

    static Answer of(double value) {
      return new Answer(DecodeStatus.OK, (float) value);
    }

    static Answer failed(DecodeStatus status) {
      return new Answer(status, Float.NaN);
    }
  }

  private Reference() {}

  static Object read(Schema writer, Schema reader, byte[] event) throws IOException {
    return new GenericDatumReader<>(writer, reader)
        .read(null, DecoderFactory.get().binaryDecoder(event, null));
  }

  /// What the feature is, with NaN for a missing value if it is nullable.
  static Answer feature(Object event, Schema schema, FeatureSpec spec) {
    Answer answer = walk(event, schema, List.of(spec.field().split("\\.", -1)), spec);
    if (answer.status() == DecodeStatus.OK && Float.isNaN(answer.value())) {
      answer = Answer.MISSING;
    }
    if (answer.status() == DecodeStatus.MISSING_VALUE && spec.nullable()) {
      return Answer.of(Float.NaN);
    }
    if (answer.status() == DecodeStatus.OK && Float.isInfinite(answer.value())) {
      return Answer.failed(DecodeStatus.NOT_FINITE);
    }
    return answer;
  }

  private static Answer walk(Object datum, Schema schema, List<String> path, FeatureSpec spec) {
    return switch (schema.getType()) {
      case UNION -> {
        int branch = GenericData.get().resolveUnion(schema, datum);
        yield walk(datum, schema.getTypes().get(branch), path, spec);
      }
      case NULL -> Answer.MISSING;
      case RECORD -> {
        if (path.isEmpty()) {
          yield Answer.failed(DecodeStatus.WRONG_BRANCH);
        }
        Schema.Field field = schema.getField(path.getFirst());
        yield field == null
            ? Answer.MISSING
            : walk(
                ((IndexedRecord) datum).get(field.pos()),
                field.schema(),
                path.subList(1, path.size()),
                spec);
      }
      case MAP -> {
        if (path.isEmpty()) {
          yield Answer.failed(DecodeStatus.WRONG_BRANCH);
        }
        boolean deep = deep(schema.getValueType());
        String key = deep ? path.getFirst() : String.join(".", path);
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) datum).entrySet()) {
          if (entry.getKey().toString().equals(key)) {
            List<String> rest = deep ? path.subList(1, path.size()) : List.of();
            yield walk(entry.getValue(), schema.getValueType(), rest, spec);
          }
        }
        yield Answer.MISSING;
      }
      case ARRAY -> path.isEmpty() ? Answer.failed(DecodeStatus.WRONG_BRANCH) : Answer.MISSING;
      case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM, FIXED ->
          path.isEmpty() ? convert(datum, schema, spec) : Answer.MISSING;
    };
  }

  private static boolean deep(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, MAP -> true;
      case UNION -> schema.getTypes().stream().anyMatch(Reference::deep);
      default -> false;
    };
  }

  private static Answer convert(Object datum, Schema schema, FeatureSpec spec) {
    return switch (spec) {
      case Numeric _ -> number(datum, schema);
      case Flag _ -> flag(datum, schema);
      case Category category -> {
        boolean word =
            switch (schema.getType()) {
              case STRING, ENUM, INT, LONG, BOOLEAN -> true;
              default -> false;
            };
        int index = category.vocabulary().indexOf(String.valueOf(datum));
        yield word
            ? Answer.of(index < 0 ? category.vocabulary().size() : index)
            : Answer.failed(DecodeStatus.WRONG_BRANCH);
      }
      case CyclicTime time -> cyclic(datum, schema, time.cycle());
    };
  }

  private static Answer number(Object datum, Schema schema) {
    return switch (schema.getType()) {
      case INT, LONG, FLOAT, DOUBLE ->
          new Answer(
              DecodeStatus.OK,
              datum instanceof Long big ? (float) (long) big : ((Number) datum).floatValue());
      case BOOLEAN -> Answer.of((Boolean) datum ? 1 : 0);
      case BYTES, FIXED ->
          schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
              ? Answer.of(
                  new BigDecimal(new BigInteger(bytes(datum)), decimal.getScale()).doubleValue())
              : Answer.failed(DecodeStatus.WRONG_BRANCH);
      default -> Answer.failed(DecodeStatus.WRONG_BRANCH);
    };
  }

  private static byte[] bytes(Object datum) {
    if (datum instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    byte[] bytes = new byte[((ByteBuffer) datum).remaining()];
    ((ByteBuffer) datum).duplicate().get(bytes);
    return bytes;
  }

  private static Answer flag(Object datum, Schema schema) {
    switch (schema.getType()) {
      case STRING, ENUM -> {
        String word = datum.toString();
        return word.equalsIgnoreCase("true")
            ? Answer.of(1)
            : word.equalsIgnoreCase("false")
                ? Answer.of(0)
                : Answer.failed(DecodeStatus.NOT_A_FLAG);
      }
      default -> {
        Answer number = number(datum, schema);
        boolean wrong =
            number.status() == DecodeStatus.OK
                && Float.isFinite(number.value())
                && number.value() != 0
                && number.value() != 1;
        return wrong ? Answer.failed(DecodeStatus.NOT_A_FLAG) : number;
      }
    }
  }

  private static Answer cyclic(Object datum, Schema schema, Cycle cycle) {
    String logical = schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
    boolean timeOnly = logical.startsWith("time-");
    boolean usable =
        switch (schema.getType()) {
          case STRING -> true;
          case LONG -> !timeOnly || cycle == Cycle.TIME_OF_DAY;
          case INT -> logical.equals("date") || timeOnly && cycle == Cycle.TIME_OF_DAY;
          default -> false;
        };
    if (!usable) {
      return Answer.failed(DecodeStatus.WRONG_BRANCH);
    }
    if (schema.getType() == Schema.Type.STRING) {
      try {
        return Answer.of(position(parse(datum.toString().replace(' ', 'T')), cycle));
      } catch (DateTimeException _) {
        return Answer.failed(DecodeStatus.INVALID_TIME);
      }
    }
    long ticks = ((Number) datum).longValue();
    Instant instant =
        switch (logical) {
          case "date" -> LocalDate.ofEpochDay(ticks).atStartOfDay().toInstant(ZoneOffset.UTC);
          case "timestamp-micros", "local-timestamp-micros", "time-micros" ->
              Instant.EPOCH.plus(ticks, ChronoUnit.MICROS);
          case "timestamp-nanos", "local-timestamp-nanos" -> Instant.EPOCH.plusNanos(ticks);
          default -> Instant.ofEpochMilli(ticks);
        };
    return Answer.of(position(instant, cycle));
  }

  private static Instant parse(String text) {
    if (text.length() <= 10) {
      return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    return text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d")
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  /// Seconds into the cycle.
  static double position(Instant instant, Cycle cycle) {
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    int day =
        switch (cycle) {
          case TIME_OF_DAY -> 0;
          case DAY_OF_WEEK -> time.getDayOfWeek().getValue() - 1;
          case DAY_OF_YEAR -> time.getDayOfYear() - 1;
        };
    double seconds = day * 86_400.0 + time.toLocalTime().toNanoOfDay() / 1e9;
    float rounded = (float) seconds;
    return rounded < cycle.seconds() ? rounded : Math.nextDown((float) cycle.seconds());
  }
}
