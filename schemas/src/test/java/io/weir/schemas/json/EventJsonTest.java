package io.weir.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.FeatureContribution;
import io.weir.schemas.event.Incident;
import io.weir.schemas.event.TrustedEvents;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJsonTest {
  static {
    TrustedEvents.trust();
  }

  @Test
  void aLineHasTheFieldsOfTheSchemaInItsOrder() throws Exception {
    String line = EventJson.line(alert().build());

    JsonNode json = new ObjectMapper().readTree(line);
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactlyElementsOf(
            Alert.getClassSchema().getFields().stream().map(Schema.Field::name).toList());
    assertThat(line)
        .doesNotContain("\n")
        .contains("\"key\":\"card-1\",\"event_time\":1767225600123,")
        .contains("\"score\":3.140000104904175,")
        .contains(
            "\"features\":[{\"name\":\"amount\",\"actual\":4980,\"expected\":null,"
                + "\"contribution\":0.5,\"actual_text\":null,\"expected_text\":null,\"step\":0}]")
        .contains("\"incident\":{\"id\":\"i\",\"status\":\"OPENED\",\"started\":5,");
  }

  @Test
  void absentValuesAreNull() {
    assertThat(EventJson.line(Alert.newBuilder().build()))
        .contains("\"key\":null,", "\"features\":[]", "\"incident\":null,", "\"replay_id\":null,");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 0",
    "-0.0, 0",
    "1.0, 1",
    "-1.5, -1.5",
    "100, 100",
    "123456789012345680000, 123456789012345680000",
    "1e21, 1e+21",
    "1.2345e25, 1.2345e+25",
    "0.000001, 0.000001",
    "0.0000012, 0.0000012",
    "1e-7, 1e-7",
    "1.234e-10, 1.234e-10",
    "0.1, 0.1",
    "333333333.33333329, 333333333.3333333",
    "4.9e-324, 5e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "NaN, '\"NaN\"'",
    "Infinity, '\"Infinity\"'",
    "-Infinity, '\"-Infinity\"'"
  })
  void numbersAreThoseOfJavaScript(double number, String text) {
    assertThat(number(number)).isEqualTo(text);
  }

  @Property
  void everyFiniteNumberComesBack(@ForAll long bits) {
    double number = Double.longBitsToDouble(bits);
    if (Double.isFinite(number)) {
      assertThat(Double.parseDouble(number(number))).isEqualTo(number + 0.0);
    }
  }

  @Test
  void whatATerminalWouldObeyIsEscaped() {
    assertThat(
            EventJson.line(
                Alert.newBuilder().setSentence("a\u001b[2J\u009b\u007f\u202e\"\\\n\tö漢😀").build()))
        .contains("\"sentence\":\"a\\u001b[2J\\u009b\\u007f\\u202e\\\"\\\\\\n\\tö漢😀\"");
    assertThat(SafeText.of("a\u001b[31m\nb")).isEqualTo("a\\u001b[31m\\u000ab");
  }

  @Test
  void keysAreTextWhereTheyCanBeShown() {
    assertThat(key("Zürich 漢字 😀".getBytes(StandardCharsets.UTF_8))).isEqualTo("Zürich 漢字 😀");
    assertThat(key(new byte[0])).isEmpty();
    assertThat(key(new byte[] {0, 1, (byte) 0xff})).isEqualTo("0x0001ff");
    assertThat(key("a\u001bb".getBytes(StandardCharsets.UTF_8))).isEqualTo("0x611b62");
    assertThat(key("0xff".getBytes(StandardCharsets.UTF_8))).isEqualTo("0x30786666");
    // A surrogate in three bytes is no UTF-8.
    assertThat(key(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})).isEqualTo("0xeda080");
  }

  private static String key(byte[] bytes) {
    return KeyText.of(ByteBuffer.wrap(bytes));
  }

  private static String number(double number) {
    StringBuilder out = new StringBuilder();
    JsonNumber.append(number, out);
    return out.toString();
  }

  private static Alert.Builder alert() {
    return Alert.newBuilder()
        .setId("a")
        .setKey(ByteBuffer.wrap("card-1".getBytes(StandardCharsets.UTF_8)))
        .setEventTime(Instant.ofEpochMilli(1_767_225_600_123L))
        .setScore(3.14f)
        .setFeatures(
            List.of(
                FeatureContribution.newBuilder()
                    .setName("amount")
                    .setActual(4980.0)
                    .setContribution(0.5f)
                    .build()))
        .setIncident(
            Incident.newBuilder()
                .setId("i")
                .setStatus("OPENED")
                .setStarted(Instant.ofEpochMilli(5))
                .build());
  }
}
