package io.weir.schemas.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/// What the reader schema adds: defaults for fields that the writer lacks, and aliases.
class ReaderSchemaTest {
  private static final List<String> FIELDS =
      List.of(
          "{'name':'amount','type':'double','default':12.5}",
          "{'name':'count','type':['null','int'],'default':null}",
          "{'name':'known','type':'boolean','default':true}",
          "{'name':'country','type':'string','default':'NL'}",
          "{'name':'price','type':{'type':'bytes','logicalType':'decimal','precision':9,'scale':2},'default':'\\u0001\\u0002'}",
          "{'name':'at','type':{'type':'long','logicalType':'timestamp-millis'},'default':1767258000250}",
          "{'name':'card','type':{'type':'record','name':'Card','fields':["
              + "{'name':'age','type':'int','default':3},{'name':'limit','type':'float'}]},"
              + "'default':{'age':9,'limit':0.5}}",
          "{'name':'more','type':{'type':'map','values':'float'},'default':{'speed':4.5}}",
          "{'name':'colour','type':{'type':'enum','name':'Colour','symbols':['RED','BLUE']},'default':'BLUE'}");
  private static final List<FeatureSpec> SPECS =
      List.of(
          new Numeric("amount", "amount", false),
          new Numeric("count", "count", true),
          new Flag("known", "known", false),
          new Category("country", "country", false, List.of("AT", "NL")),
          new Numeric("price", "price", false),
          new CyclicTime("at", "at", false, Cycle.DAY_OF_WEEK),
          new Numeric("age", "card.age", false),
          new Numeric("limit", "card.limit", false),
          new Numeric("speed", "more.speed", true),
          new Numeric("height", "more.height", true),
          new Category("colour", "colour", false, List.of("RED", "BLUE")));

  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void defaultsStandInForWhatTheWriterLacks(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    Schema reader = record(FIELDS);
    List<String> written = new ArrayList<>(FIELDS);
    written.removeIf(_ -> random.nextInt(3) == 0);
    Schema writer = record(written);
    RandomData data = new RandomData(random);
    byte[] event = data.encode(writer, data.datum(writer));
    Object record = Reference.read(writer, reader, event);

    FeatureProgram program = FeatureProgram.compile(writer, reader, SPECS);

    for (int i = 0; i < SPECS.size(); i++) {
      FeatureSpec spec = SPECS.get(i);
      Reference.Answer answer = Reference.feature(record, reader, spec);
      float[] out = new float[SPECS.size()];
      DecodeStatus status = program.decode(event, 0, event.length, out, 0);
      if (status == DecodeStatus.OK) {
        assertThat(answer.status()).isEqualTo(DecodeStatus.OK);
        assertThat(Float.floatToIntBits(out[i]))
            .as("%s of %s", spec, record)
            .isEqualTo(Float.floatToIntBits(answer.value()));
      } else {
        assertThat(SPECS)
            .anyMatch(each -> Reference.feature(record, reader, each).status() == status);
      }
    }
  }

  @Test
  void aWholeRecordMayComeFromItsDefault() throws Exception {
    float[] out = new float[SPECS.size()];

    DecodeStatus status =
        FeatureProgram.compile(record(List.of()), record(FIELDS), SPECS)
            .decode(new byte[0], 0, 0, out, 0);

    assertThat(status).isEqualTo(DecodeStatus.OK);
    assertThat(out)
        .containsExactly(12.5f, Float.NaN, 1, 1, 2.58f, 291_600.25f, 9, 0.5f, 4.5f, Float.NaN, 1);
  }

  @Test
  void aNullDefaultIsNoValueForAFeatureThatNeedsOne() {
    assertThatThrownBy(
            () ->
                FeatureProgram.compile(
                    record(FIELDS.subList(0, 1)),
                    record(FIELDS),
                    List.of(new Numeric("count", "count", false))))
        .isInstanceOf(FeatureProgramException.class)
        .hasMessageContaining(
            "feature 'count' from count (union): the writer lacks it and its default gives no value"
                + " (MISSING_VALUE); give it another default, or make the feature nullable");
  }

  @Test
  void aFieldIsFoundByTheAliasOfEitherSchema() throws Exception {
    Schema old = record(List.of("{'name':'amount','type':'double'}"));
    Schema renamed = record(List.of("{'name':'value','aliases':['amount'],'type':'double'}"));
    byte[] event = Events.event(old, record -> record.put("amount", 3.5));
    float[] out = new float[1];

    // A model trained on the new name, an event written under the old one.
    assertThat(
            FeatureProgram.compile(old, renamed, List.of(new Numeric("v", "value", false)))
                .decode(event, 0, event.length, out, 0))
        .isEqualTo(DecodeStatus.OK);
    assertThat(out[0]).isEqualTo(3.5f);
    // And the other way round.
    assertThat(
            FeatureProgram.compile(renamed, null, List.of(new Numeric("a", "amount", false)))
                .decode(event, 0, event.length, out, 0))
        .isEqualTo(DecodeStatus.OK);
  }

  private static Schema record(List<String> fields) {
    return Events.parse(
        "{'type':'record','name':'Event','fields':[" + String.join(",", fields) + "]}");
  }
}
