package io.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.features.Cycle;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.DataRequest.Roles;
import io.weir.trainer.data.features.ColumnReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model's features find their columns.
class BindingTest {
  private static final Numeric AMOUNT = new Numeric("amount", "amount", false);
  private static final Category COUNTRY =
      new Category("country", "country", true, List.of("CH", "DE"));

  @TempDir Path directory;

  @Test
  void columnsAreFoundByNameWhateverTheirOrderAndOthersAreIgnored() {
    Dataset data =
        bind(
            List.of(COUNTRY, AMOUNT),
            "note,amount,country,more",
            "hello,1.5,DE,7",
            "world,2,FR,8",
            "!,3,,9");
    assertThat(data.features()).containsExactly(COUNTRY, AMOUNT);
    assertThat(data.values()).containsExactly(1, 1.5f, 2, 2, Float.NaN, 3);
    assertThat(data.treatments()).isEmpty();
    assertThat(data.labels()).isNull();
    assertThat(data.columns())
        .contains(
            new ColumnReport("note", "VARCHAR", "ignored", ""),
            new ColumnReport("amount", "DOUBLE", "feature", "amount"));
  }

  @Test
  void upperAndLowerCaseAreTheSame() {
    assertThat(bind(List.of(AMOUNT), "Amount", "5").values()).containsExactly(5);
  }

  @Test
  void whatWasInferredBindsToTheSameValues() {
    String file =
        Rows.write(
            directory.resolve("train.csv"),
            "a,f,w,t",
            "0.1,true,x,2026-01-01 01:02:03",
            ",false,,2026-01-20 23:59:59.5",
            "1e-3,,z,");
    Dataset inferred = DataReader.infer(DataRequest.of(file));
    Dataset bound = DataReader.bind(DataRequest.of(file), inferred.features());
    assertThat(inferred.features()).hasSize(5);
    assertThat(bound.values()).isEqualTo(inferred.values());
    assertThat(bound.sources()).isEqualTo(inferred.sources());
  }

  @Test
  void categoryWordsKeepTheirSpelling() {
    Category code = new Category("code", "code", true, List.of("007", "5411", "true", "1.0"));
    assertThat(bind(List.of(code), "code", "5411", "7", "007", "1.0", "1").values())
        .containsExactly(1, 4, 0, 3, 4);
    assertThat(bind(List.of(code), "code", "true", "True").values()).containsExactly(2, 4);
  }

  @Test
  void categoriesTakeWholeNumbersAndBooleansOfTypedSources() {
    Category code = new Category("code", "code", true, List.of("5411", "true"));
    assertThat(sql(code, "select 5411 AS code union all select 12").values()).containsExactly(0, 2);
    assertThat(sql(code, "select true AS code union all select false").values())
        .containsExactly(1, 2);
    assertThatThrownBy(() -> sql(code, "select 5411.0::DOUBLE AS code"))
        .hasMessageContaining("column 'code' is DOUBLE, which the model's feature 'code' cannot");
  }

  @Test
  void flagsTakeBooleansZeroAndOneAndTheWords() {
    Flag flag = new Flag("f", "f", true);
    assertThat(sql(flag, "select true AS f union all select null").values())
        .containsExactly(1, Float.NaN);
    assertThat(sql(flag, "select 0 AS f union all select 1").values()).containsExactly(0, 1);
    assertThat(sql(flag, "select 'TRUE' AS f union all select 'false'").values())
        .containsExactly(1, 0);
    assertThatThrownBy(() -> sql(flag, "select 1 AS f union all select 2"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 'f' holds 2.0 in row 1: a flag is 0 or 1");
    assertThatThrownBy(() -> sql(flag, "select 'yes' AS f"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("yes is neither true nor false");
  }

  @Test
  void cyclicTimesTakeTimestampsDatesMillisecondsAndTexts() {
    CyclicTime time = new CyclicTime("t@d", "t", true, Cycle.TIME_OF_DAY);
    for (String value :
        List.of(
            "TIMESTAMP '2026-03-01 00:01:40.5'",
            "TIMESTAMPTZ '2026-03-01 02:01:40.5+02:00'",
            "'2026-03-01T00:01:40.5Z'",
            "epoch_ms(TIMESTAMP '2026-03-01 00:01:40.5')")) {
      assertThat(sql(time, "select %s AS t".formatted(value)).values())
          .as(value)
          .containsExactly(100.5f);
    }
    assertThat(sql(time, "select DATE '1960-02-29' AS t").values()).containsExactly(0);
    assertThat(sql(time, "select TIMESTAMP '1969-12-31 23:59:59' AS t").values())
        .containsExactly(86_399);
  }

  @Test
  void everyColumnThatIsMissingIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                DataReader.bind(
                    DataRequest.of(file("amnt,x", "1,2")).withRoles(Roles.label("lbl")),
                    List.of(AMOUNT, COUNTRY)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "the model's feature 'amount' needs a column 'amount', which does not exist."
                + " Nearest: 'amnt', 'x'")
        .hasMessageContaining("the model's feature 'country' needs a column")
        .hasMessageContaining("the label column 'lbl' does not exist");
  }

  @Test
  void aTextWhereANumberMustBeIsRefusedWithItsLine() {
    assertThatThrownBy(() -> bind(List.of(AMOUNT), "amount", "1", "x"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Line: 3")
        .hasMessageContaining("\"x\"");
    assertThatThrownBy(() -> sql(AMOUNT, "select '5' AS amount"))
        .hasMessageContaining("column 'amount' is VARCHAR")
        .hasMessageContaining("it takes a number. Convert it in a query");
  }

  @Test
  void whatWouldBeABadEventIsRefusedHere() {
    assertThatThrownBy(() -> bind(List.of(AMOUNT), "x,amount", "0,1", "1,", "2,inf", "3,"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 'amount' holds no value in row 1 and 1 more")
        .hasMessageContaining("column 'amount' holds Infinity in row 2");
  }

  @Test
  void anEmptyColumnIsMissingEverywhere() {
    Numeric nullable = new Numeric("a", "a", true);
    assertThat(bind(List.of(nullable, COUNTRY), "a,country", ",CH", ",DE").values())
        .containsExactly(Float.NaN, 0, Float.NaN, 1);
  }

  @Test
  void nestedFieldsAreFoundByTheirPath() {
    String file =
        Rows.write(directory.resolve("r.jsonl"), "{\"card\": {\"limit\": 5, \"x\": [1]}}");
    assertThat(
            DataReader.bind(
                    DataRequest.of(file), List.of(new Numeric("card.limit", "card.limit", false)))
                .values())
        .containsExactly(5);
  }

  @Test
  void labelsComeAlongAndCanSelect() {
    DataRequest request =
        DataRequest.of(file("amount,bad", "1,0", "2,1", "3,0")).withRoles(Roles.label("bad"));
    assertThat(DataReader.bind(request, List.of(AMOUNT)).labels()).containsExactly(0, 1, 0);
    assertThat(
            DataReader.bind(
                    request.withRoles(Roles.label("bad").withNormalRowsOnly(true)), List.of(AMOUNT))
                .rowNumbers())
        .containsExactly(0, 2);
  }

  private Dataset bind(List<FeatureSpec> features, String... lines) {
    return DataReader.bind(DataRequest.of(file(lines)), features);
  }

  private static Dataset sql(FeatureSpec feature, String query) {
    return DataReader.bind(DataRequest.of(query), List.of(feature));
  }

  private String file(String... lines) {
    return Rows.write(directory.resolve("rows.csv"), lines);
  }
}
