package io.weir.schemas.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What each kind of feature makes of each Avro type: a record's only field, and its value.
class FieldTypesTest {
  private static final String ENUM = "{'type':'enum','name':'E','symbols':['b','TRUE','other']}";
  private static final String DECIMAL =
      "{'type':'bytes','logicalType':'decimal','precision':12,'scale':2}";
  private static final String FIXED_DECIMAL =
      "{'type':'fixed','name':'F','size':9,'logicalType':'decimal','precision':18,'scale':3}";
  // Thursday 2026-01-01T09:00:00.250Z
  private static final long MILLIS = 1_767_258_000_250L;
  private static final float WEEKDAY = 3 * 86_400 + 32_400.25f;

  static Stream<Arguments> values() {
    FeatureSpec number = new Numeric("f", "value", false);
    FeatureSpec maybe = new Numeric("f", "value", true);
    FeatureSpec flag = new Flag("f", "value", false);
    FeatureSpec word = new Category("f", "value", false, List.of("b", "a", "17", "true"));
    FeatureSpec hour = new CyclicTime("f", "value", false, Cycle.TIME_OF_DAY);
    FeatureSpec weekday = new CyclicTime("f", "value", false, Cycle.DAY_OF_WEEK);
    FeatureSpec season = new CyclicTime("f", "value", false, Cycle.DAY_OF_YEAR);
    return Stream.of(
        arguments(number, "'int'", Integer.MIN_VALUE, -2_147_483_648f),
        arguments(number, "'long'", Long.MAX_VALUE, 9.223372e18f),
        arguments(number, "'float'", -0.5f, -0.5f),
        arguments(number, "'double'", 0.1, 0.1f),
        arguments(number, "'boolean'", true, 1f),
        arguments(number, DECIMAL, decimal("-12345.67"), -12_345.67f),
        arguments(number, DECIMAL, decimal("1234567890.12"), 1_234_567_890.12f),
        arguments(number, FIXED_DECIMAL, fixed(-1_500), -1.5f),
        arguments(number, FIXED_DECIMAL, fixed(123_456_789_012_345_678L), 123_456_789_012_345.678f),
        arguments(number, logical("bytes", "big-decimal"), bigDecimal("-3.25"), -3.25f),
        arguments(number, logical("bytes", "big-decimal"), bigDecimal("7e5"), 700_000f),
        arguments(number, logical("int", "date"), 20_454, 20_454f),
        arguments(number, "['null','string','int']", 5, 5f),
        arguments(maybe, "['null','int']", null, Float.NaN),
        arguments(maybe, "'double'", Double.NaN, Float.NaN),
        arguments(flag, "'boolean'", true, 1f),
        arguments(flag, "'int'", 1, 1f),
        arguments(flag, "'double'", 0.0, 0f),
        arguments(flag, DECIMAL, decimal("1.00"), 1f),
        arguments(flag, "'string'", "TRUE", 1f),
        arguments(flag, "'string'", "false", 0f),
        arguments(flag, ENUM, symbol("TRUE"), 1f),
        arguments(word, "'string'", "a", 1f),
        arguments(word, "'string'", "unheard of", 4f),
        arguments(word, "'string'", "", 4f),
        arguments(word, ENUM, symbol("b"), 0f),
        arguments(word, ENUM, symbol("other"), 4f),
        arguments(word, "'int'", 17, 2f),
        arguments(word, "'long'", 18L, 4f),
        arguments(word, "'boolean'", true, 3f),
        arguments(word, "'boolean'", false, 4f),
        arguments(weekday, "'long'", MILLIS, WEEKDAY),
        arguments(weekday, logical("long", "timestamp-millis"), MILLIS, WEEKDAY),
        arguments(weekday, logical("long", "timestamp-micros"), MILLIS * 1_000, WEEKDAY),
        arguments(weekday, logical("long", "timestamp-nanos"), MILLIS * 1_000_000, WEEKDAY),
        arguments(weekday, logical("long", "local-timestamp-millis"), MILLIS, WEEKDAY),
        arguments(weekday, logical("long", "local-timestamp-micros"), MILLIS * 1_000, WEEKDAY),
        arguments(weekday, logical("long", "local-timestamp-nanos"), MILLIS * 1_000_000, WEEKDAY),
        arguments(weekday, "'string'", "2026-01-01T10:00:00.25+01:00", WEEKDAY),
        arguments(weekday, logical("int", "date"), 20_454, 3 * 86_400f),
        arguments(season, logical("int", "date"), 20_454, 0f),
        arguments(hour, logical("int", "date"), 20_454, 0f),
        arguments(hour, logical("int", "time-millis"), 1_500, 1.5f),
        arguments(hour, logical("long", "time-micros"), 1_500_000L, 1.5f));
  }

  @ParameterizedTest(name = "{0} of {1} {2} is {3}")
  @MethodSource
  void values(FeatureSpec spec, String type, Object value, float feature) throws Exception {
    float[] out = new float[1];

    assertThat(decode(spec, type, value, out)).isEqualTo(DecodeStatus.OK);
    assertThat(Float.floatToIntBits(out[0])).isEqualTo(Float.floatToIntBits(feature));
  }

  static Stream<Arguments> failures() {
    FeatureSpec number = new Numeric("f", "value", true);
    FeatureSpec required = new Numeric("f", "value", false);
    FeatureSpec flag = new Flag("f", "value", true);
    FeatureSpec hour = new CyclicTime("f", "value", true, Cycle.TIME_OF_DAY);
    return Stream.of(
        arguments(number, "'float'", Float.POSITIVE_INFINITY, DecodeStatus.NOT_FINITE),
        arguments(number, "'double'", Double.NEGATIVE_INFINITY, DecodeStatus.NOT_FINITE),
        arguments(number, "'double'", 1e300, DecodeStatus.NOT_FINITE),
        arguments(
            number, logical("bytes", "big-decimal"), bigDecimal("1e99"), DecodeStatus.NOT_FINITE),
        arguments(number, DECIMAL, ByteBuffer.allocate(0), DecodeStatus.INVALID_LENGTH),
        arguments(number, "['null','string','int']", "5", DecodeStatus.WRONG_BRANCH),
        arguments(required, "'float'", Float.NaN, DecodeStatus.MISSING_VALUE),
        arguments(required, "'double'", Double.NaN, DecodeStatus.MISSING_VALUE),
        arguments(required, "['null','int']", null, DecodeStatus.MISSING_VALUE),
        arguments(flag, "'int'", 2, DecodeStatus.NOT_A_FLAG),
        arguments(flag, "'double'", 0.5, DecodeStatus.NOT_A_FLAG),
        arguments(flag, "'string'", "yes", DecodeStatus.NOT_A_FLAG),
        arguments(flag, ENUM, symbol("other"), DecodeStatus.NOT_A_FLAG),
        arguments(hour, "'string'", "nine o'clock", DecodeStatus.INVALID_TIME));
  }

  @ParameterizedTest(name = "{0} of {1} {2} fails with {3}")
  @MethodSource
  void failures(FeatureSpec spec, String type, Object value, DecodeStatus status) throws Exception {
    assertThat(decode(spec, type, value, new float[1])).isEqualTo(status);
  }

  @Test
  void everyTypeIsSkippedToItsEnd() throws Exception {
    Map<String, Object> values =
        Map.ofEntries(
            Map.entry("'boolean'", true),
            Map.entry("'int'", -70_000),
            Map.entry("'long'", Long.MIN_VALUE),
            Map.entry("'float'", 1f),
            Map.entry("'double'", 1.0),
            Map.entry("'string'", "word"),
            Map.entry("'bytes'", ByteBuffer.wrap(new byte[70])),
            Map.entry(ENUM, symbol("other")),
            Map.entry(FIXED_DECIMAL, fixed(1)),
            Map.entry("{'type':'array','items':'float'}", List.of(1f, 2f)),
            Map.entry("{'type':'array','items':['null','string']}", List.of("a", "b")),
            Map.entry("{'type':'map','values':'int'}", Map.of("a", 1, "b", 2)),
            Map.entry("['null','int','string']", "chosen"),
            Map.entry(
                "{'type':'fixed','name':'D','size':12,'logicalType':'duration'}",
                new GenericData.Fixed(
                    Events.parse("{'type':'fixed','name':'D','size':12}"), new byte[12])));
    for (Map.Entry<String, Object> each : values.entrySet()) {
      Schema schema =
          Events.parse(
              "{'type':'record','name':'Event','fields':[{'name':'skipped','type':"
                  + each.getKey()
                  + "},{'name':'nothing','type':'null'},{'name':'value','type':'int'}]}");
      byte[] event =
          Events.event(
              schema,
              record -> {
                record.put("skipped", each.getValue());
                record.put("value", 7);
              });
      FeatureProgram program =
          FeatureProgram.compile(schema, null, List.of(new Numeric("f", "value", false)));
      float[] out = new float[1];

      assertThat(program.decode(event, 0, event.length, out, 0)).isEqualTo(DecodeStatus.OK);
      assertThat(out[0]).as(each.getKey()).isEqualTo(7);
    }
  }

  private static DecodeStatus decode(FeatureSpec spec, String type, Object value, float[] out)
      throws Exception {
    Schema schema = Events.recordOf(type);
    byte[] event = Events.event(schema, record -> record.put("value", value));
    return FeatureProgram.compile(schema, null, List.of(spec))
        .decode(event, 0, event.length, out, 0);
  }

  private static String logical(String type, String name) {
    return "{'type':'" + type + "','logicalType':'" + name + "'}";
  }

  private static ByteBuffer decimal(String value) {
    return ByteBuffer.wrap(new BigDecimal(value).unscaledValue().toByteArray());
  }

  private static GenericData.Fixed fixed(long unscaled) {
    byte[] bytes = new byte[9];
    byte[] digits = BigInteger.valueOf(unscaled).toByteArray();
    Arrays.fill(bytes, (byte) (unscaled < 0 ? -1 : 0));
    System.arraycopy(digits, 0, bytes, 9 - digits.length, digits.length);
    return new GenericData.Fixed(Events.parse(FIXED_DECIMAL), bytes);
  }

  private static ByteBuffer bigDecimal(String value) {
    return new Conversions.BigDecimalConversion().toBytes(new BigDecimal(value), null, null);
  }

  private static GenericData.EnumSymbol symbol(String symbol) {
    return new GenericData.EnumSymbol(Events.parse(ENUM), symbol);
  }
}
