package io.weir.schemas.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/// What a program fetches from a whole event.
class FeatureProgramTest {
  private static final Schema PAYMENT =
      Events.parse(
          """
          {'type':'record','name':'Payment','fields':[
            {'name':'id','type':'string'},
            {'name':'amount','type':'double'},
            {'name':'tags','type':{'type':'array','items':'string'}},
            {'name':'at','type':{'type':'long','logicalType':'timestamp-millis'}},
            {'name':'card','type':['null',{'type':'record','name':'Card','fields':[
              {'name':'age_days','type':'int'},
              {'name':'country','type':'string'},
              {'name':'virtual','type':'boolean'}]}]},
            {'name':'attributes','type':{'type':'map','values':'float'}}]}
          """);
  private static final List<FeatureSpec> SPECS =
      List.of(
          new Category("country", "card.country", true, List.of("AT", "DE", "NL")),
          new Numeric("amount", "amount", false),
          new CyclicTime("hour", "at", false, Cycle.TIME_OF_DAY),
          new CyclicTime("weekday", "at", false, Cycle.DAY_OF_WEEK),
          new Flag("virtual", "card.virtual", true),
          new Numeric("speed", "attributes.speed", true));

  @Test
  void writesTheFeaturesInTheOrderOfTheSpecs() throws Exception {
    byte[] event =
        Events.event(
            PAYMENT,
            payment -> {
              payment.put("id", "p-1");
              payment.put("amount", 12.5);
              payment.put("tags", List.of("a", "b"));
              payment.put("at", 1_767_258_000_000L); // Thursday 2026-01-01T09:00:00Z
              var card =
                  new org.apache.avro.generic.GenericData.Record(
                      PAYMENT.getField("card").schema().getTypes().get(1));
              card.put("age_days", 77);
              card.put("country", "DE");
              card.put("virtual", true);
              payment.put("card", card);
              payment.put("attributes", java.util.Map.of("speed", 3f, "height", 4f));
            });
    float[] out = new float[8];

    DecodeStatus status =
        FeatureProgram.compile(PAYMENT, null, SPECS).decode(event, 0, event.length, out, 1);

    assertThat(status).isEqualTo(DecodeStatus.OK);
    assertThat(out).containsExactly(0, 1, 12.5f, 32_400, 3 * 86_400 + 32_400, 1, 3, 0);
  }
}
