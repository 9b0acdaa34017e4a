package io.weir.schemas.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/// What the person with the dead letter reads.
class ExplanationTest {
  private static final Schema SCHEMA =
      Events.parse(
          """
          {'type':'record','name':'Payment','fields':[
            {'name':'id','type':'string'},
            {'name':'amount','type':'double'},
            {'name':'limit','type':'double'},
            {'name':'trusted','type':'int'}]}
          """);

  @Test
  void namesTheFeatureItsFieldAndTheByte() throws Exception {
    byte[] event = payment(1.5, Double.NaN, 1);

    assertThat(explain(event))
        .isEqualTo(
            new DecodeFailure(
                DecodeStatus.MISSING_VALUE,
                11,
                "limit (double)",
                "card limit",
                "At byte 11 of 20, limit (double): no value for the feature 'card limit', which"
                    + " needs one. Write it, or train the model with the feature nullable."));
  }

  @Test
  void namesTheValueThatIsNoFlag() throws Exception {
    assertThat(explain(payment(1, 2, 3)).message())
        .isEqualTo(
            "At byte 20 of 20, trusted (int): the value 3.0 of the flag 'trusted' is neither 0 nor"
                + " 1, neither true nor false. Write one of them.");
  }

  @Test
  void namesTheValueThatIsNotFinite() throws Exception {
    assertThat(explain(payment(1e300, 2, 0)).message())
        .isEqualTo(
            "At byte 3 of 20, amount (double): the value 1.0E300 of the feature 'amount' is not a"
                + " finite float32. Write a finite number, or null where it may be missing.");
  }

  @Test
  void saysHowManyBytesAreLacking() throws Exception {
    byte[] event = payment(1, 2, 1);

    assertThat(explain(Arrays.copyOf(event, 10)).message())
        .isEqualTo(
            "At byte 3 of 10, amount (double): the event ends too early: 16 bytes needed, 7 left."
                + " Check that the event was written with the schema that its header names.");
  }

  @Test
  void countsPositionsFromTheFirstByteOfTheEvent() throws Exception {
    byte[] event = payment(1, 2, 3);
    byte[] message = new byte[event.length + 5];
    System.arraycopy(event, 0, message, 5, event.length);

    assertThat(program().explain(message, 5, event.length)).isEqualTo(explain(event));
  }

  @Test
  void hasNothingToSayAboutAGoodEvent() throws Exception {
    byte[] event = payment(1, 2, 1);

    assertThatThrownBy(() -> explain(event)).isInstanceOf(IllegalArgumentException.class);
  }

  private static DecodeFailure explain(byte[] event) throws FeatureProgramException {
    return program().explain(event, 0, event.length);
  }

  private static FeatureProgram program() throws FeatureProgramException {
    return FeatureProgram.compile(
        SCHEMA,
        null,
        List.of(
            new Numeric("amount", "amount", true),
            new Numeric("card limit", "limit", false),
            new Flag("trusted", "trusted", true)));
  }

  private static byte[] payment(double amount, double limit, int trusted) {
    return Events.event(
        SCHEMA,
        record -> {
          record.put("id", "p1");
          record.put("amount", amount);
          record.put("limit", limit);
          record.put("trusted", trusted);
        });
  }
}
