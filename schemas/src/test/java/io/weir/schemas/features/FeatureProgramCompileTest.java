package io.weir.schemas.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/// What is refused when the program is compiled, and how that is said.
class FeatureProgramCompileTest {
  private static final Schema SCHEMA =
      Events.parse(
          """
          {'type':'record','name':'Payment','namespace':'shop','fields':[
            {'name':'amount','type':'double'},
            {'name':'country','type':'string'},
            {'name':'items','type':{'type':'array','items':'double'}},
            {'name':'count','type':'int'},
            {'name':'raw','type':'bytes'},
            {'name':'nothing','type':'null'},
            {'name':'daytime','type':{'type':'int','logicalType':'time-millis'}},
            {'name':'card','type':{'type':'record','name':'Card','fields':[
              {'name':'age_days','type':'int'}]}}]}
          """);

  @Test
  void namesEveryProblemAtOnceWithItsCure() {
    FeatureProgramException thrown =
        problems(
            new Numeric("amuont", "amuont", false),
            new Numeric("age", "card.ageDays", false),
            new Numeric("country", "country", true),
            new Numeric("card", "card", true),
            new Numeric("items", "items.0", true),
            new Numeric("deep", "amount.value", true),
            new Numeric("raw", "raw", true),
            new Numeric("nothing", "nothing", true),
            new Flag("items_flag", "items", true),
            new Category("amount_word", "amount", true, List.of("a")),
            new Category("twice", "country", true, List.of("a", "a")),
            new Category("count_word", "count", true, List.of("one", "two")),
            new CyclicTime("count_time", "count", true, Cycle.TIME_OF_DAY),
            new CyclicTime("weekday", "daytime", true, Cycle.DAY_OF_WEEK),
            new CyclicTime("amount_time", "amount", true, Cycle.TIME_OF_DAY));

    assertThat(thrown.problems())
        .containsExactly(
            "feature 'amuont': the schema has no field 'amuont'; the nearest is 'amount'",
            "feature 'age': the schema has no field 'card.ageDays'; the nearest is 'card.age_days'",
            "feature 'country' from country (string): a numeric feature takes a number, a decimal"
                + " or a boolean; declare it as a category, or write a number upstream",
            "feature 'card' from card (record): a record is no single value; go on to one of its"
                + " fields [age_days]",
            "feature 'items' from items (array): the items of an array have no path; write what"
                + " counts of them as a field of its own",
            "feature 'deep' from amount (double): there is nothing named 'value' inside of it",
            "feature 'raw' from raw (bytes): its bytes have no number in them; give it the logical"
                + " type decimal, or leave the feature out",
            "feature 'nothing' from nothing (null): it never has a value; take another field, or"
                + " leave the feature out",
            "feature 'items_flag' from items (array): an array is no single value; write what"
                + " counts of it as a field of its own",
            "feature 'amount_word' from amount (double): a category takes strings, enums, integers"
                + " or booleans; declare it as numeric, or write a word upstream",
            "feature 'twice' from country (string): its vocabulary has 'a' twice; each word needs"
                + " one index",
            "feature 'count_word' from count (int): none of the words [one, two] is an integer;"
                + " give a vocabulary of integers, or another field",
            "feature 'count_time' from count (int): an int is too small for milliseconds since"
                + " 1970; give it the logical type date or time-millis, or make it a long",
            "feature 'weekday' from daytime (time-millis): a time-millis has no date; only the"
                + " cycle TIME_OF_DAY can be taken from it",
            "feature 'amount_time' from amount (double): a cyclic time takes a timestamp, a date, a"
                + " long of milliseconds since 1970, or an ISO-8601 string");
    assertThat(thrown)
        .hasMessageStartingWith(
            "Schema 'shop.Payment' does not give the model's features:\n  - feature 'amuont': ");
  }

  @Test
  void aNullableFeatureWithoutItsFieldIsMissingInEveryEventAndSaysSo() throws Exception {
    FeatureProgram program =
        FeatureProgram.compile(
            SCHEMA,
            null,
            List.of(new Numeric("risk", "risk", true), new Numeric("count", "count", true)));

    assertThat(program.absent())
        .singleElement()
        .asString()
        .startsWith("feature 'risk': the schema has no field 'risk'; the nearest is '");
  }

  @Test
  void aSchemaWithNoneOfTheFieldsIsRefusedEvenIfAllMayBeMissing() {
    assertThat(
            problems(new Numeric("risk", "risk", true), new Numeric("speed", "speed", true))
                .problems())
        .hasSize(2);
  }

  @Test
  void noFeatureIsRefused() {
    assertThat(problems().problems()).containsExactly("no feature is asked for; give at least one");
  }

  @Test
  void aSchemaThatIsNoRecordIsRefused() {
    FeatureProgramException thrown =
        catchThrowableOfType(
            FeatureProgramException.class,
            () ->
                FeatureProgram.compile(
                    Schema.create(Schema.Type.STRING),
                    null,
                    List.of(new Numeric("a", "a", false))));

    assertThat(thrown)
        .hasMessageContaining(
            "feature 'a' from the string: there is nothing named 'a' inside of it");
  }

  @Test
  void aSchemaThatUsesItsTypesOverAndOverStaysSmall() throws Exception {
    // Written out, it has two to the twentieth ints.
    Schema schema =
        Events.parse(
            "{'type':'record','name':'Event','fields':[{'name':'x','type':'double'},{'name':'tree','type':"
                + nested(20)
                + "}]}");

    FeatureProgram program =
        FeatureProgram.compile(schema, null, List.of(new Numeric("x", "x", false)));

    byte[] event = new byte[8 + (1 << 20)];
    assertThat(program.decode(event, 0, event.length, new float[1], 0)).isEqualTo(DecodeStatus.OK);
    assertThat(program.decode(event, 0, event.length - 1, new float[1], 0))
        .isEqualTo(DecodeStatus.TRUNCATED);
  }

  private static String nested(int depth) {
    return depth == 0
        ? "'int'"
        : "{'type':'record','name':'L"
            + depth
            + "','fields':[{'name':'a','type':"
            + nested(depth - 1)
            + "},{'name':'b','type':"
            + (depth == 1 ? "'int'" : "'L" + (depth - 1) + "'")
            + "}]}";
  }

  private static FeatureProgramException problems(FeatureSpec... specs) {
    return catchThrowableOfType(
        FeatureProgramException.class, () -> FeatureProgram.compile(SCHEMA, null, List.of(specs)));
  }
}
