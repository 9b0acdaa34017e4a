package io.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.DataRequest.Roles;
import io.weir.trainer.data.ask.DataRequest.Selection;
import io.weir.trainer.data.ask.DataRequest.Treatments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is refused, and in which words: the value, the rule, the cure.
class RefusalTest {
  @TempDir Path directory;

  @Test
  void aMissingFile() {
    refused(DataRequest.of("nowhere/rows.csv"))
        .hasMessageStartingWith("nowhere/rows.csv does not exist")
        .hasMessageEndingWith("Check the path.");
  }

  @Test
  void anUnknownEnding() {
    refused(DataRequest.of(write("rows.xls", "a", "1")))
        .hasMessageContaining("rows.xls: the ending tells the format")
        .hasMessageContaining(".parquet")
        .hasMessageContaining("state its format");
  }

  @Test
  void anEmptyFile() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.csv"));
    refused(DataRequest.of(empty.toString()))
        .hasMessage(empty + " is empty (0 bytes): there is nothing to read.");
  }

  @Test
  void aFileThatHasAHeaderOnly() {
    refused(DataRequest.of(write("rows.csv", "a,b")))
        .hasMessageEndingWith("rows.csv has columns but no rows: there is nothing to read.");
  }

  @Test
  void aFileWithoutHeader() {
    refused(DataRequest.of(write("rows.csv", "1,2", "3,4")))
        .hasMessageContaining("has no header: its first line holds the numbers [1, 2]");
  }

  @Test
  void aFileThatIsNotWhatItsEndingSays() {
    refused(DataRequest.of(write("rows.parquet", "this is no parquet file")))
        .hasMessageContaining("rows.parquet cannot be read as PARQUET: No magic bytes");
    refused(DataRequest.of(write("rows.avro", "this is no avro file")))
        .hasMessageContaining("rows.avro cannot be read as Avro");
    refused(DataRequest.of(write("rows.json", "{\"a\": 1", "")))
        .hasMessageContaining("Malformed JSON");
    refused(DataRequest.of(fakeGzip()))
        .hasMessageContaining("rows.csv.gz cannot be read: Not in GZIP format");
  }

  @Test
  void aLineWithTooFewFields() {
    refused(DataRequest.of(write("rows.csv", "a,b", "1,2", "3", "5,6")))
        .hasMessageContaining("Line: 3")
        .hasMessageContaining("Expected Number of Columns: 2 Found: 1");
  }

  @Test
  void columnsOfTheSameName() {
    refused(DataRequest.of(write("rows.csv", "a,b,a", "1,2,3")))
        .hasMessageContaining("has two columns 'a': a name must be unique");
    refused(DataRequest.of(write("rows.csv", "a,b,A", "1,2,3")))
        .hasMessageContaining("has columns 'a' and 'A'");
    refused(DataRequest.of("select 1 AS a, 2 AS a"))
        .hasMessageContaining("gives two columns 'a'")
        .hasMessageContaining("Rename one of them with AS");
  }

  @Test
  void namesThatDoNotExistAllAtOnceWithTheNearestOnes() {
    DataRequest request =
        DataRequest.of(write("rows.csv", "amount,country", "1,2", "2,3"))
            .withRoles(Roles.label("lable"))
            .withSelection(new Selection(List.of("amout"), List.of("x*")))
            .withTreatments(
                new Treatments(List.of("ammount"), List.of(), Scaling.MIN_MAX, Map.of()));
    refused(request)
        .hasMessageContaining("the label column 'lable' does not exist")
        .hasMessageContaining("the included column 'amout' does not exist. Nearest: 'amount'")
        .hasMessageContaining("the excluded column 'x*' does not exist")
        .hasMessageContaining("the log10 column 'ammount' does not exist. Nearest: 'amount'");
  }

  @Test
  void aWrongFilterInTheWordsOfDuckDb() {
    DataRequest request = DataRequest.of(write("rows.csv", "a,b", "1,2"));
    refused(where(request, "aa > 1"))
        .hasMessage(
            "The filter «aa > 1»: Referenced column \"aa\" not found in FROM clause!;"
                + " Candidate bindings: \"a\"");
    refused(where(request, "a >")).hasMessageContaining("The filter «a >»: syntax error");
    refused(where(request, "true); DROP VIEW x; --")).hasMessageContaining("The filter");
    refused(where(request, "true) -- ")).hasMessageContaining("The filter");
    refused(where(request, "a > 100"))
        .hasMessageContaining("no row satisfies the filter «a > 100»");
  }

  @Test
  void aQueryThatIsNotOneSelect() {
    refused(DataRequest.of("select 1 AS a; select 2 AS a"))
        .hasMessageContaining("it must be one statement");
    refused(DataRequest.of("select 1 AS a; DROP TABLE b")).hasMessageContaining("Only SELECT");
    refused(DataRequest.of("select a from nowhere")).hasMessageContaining("nowhere");
  }

  @Test
  void infiniteNumbersWithTheirRowAllColumnsAtOnce() {
    refused(DataRequest.of(write("rows.csv", "a,b", "1,2", "inf,3", "-Infinity,1e39", "4,4")))
        .hasMessageContaining("column 'a' holds Infinity in row 1 and 1 more")
        .hasMessageContaining("column 'b' holds Infinity in row 2:")
        .hasMessageContaining("isfinite(\"a\")");
  }

  @Test
  void logarithmsOutsideTheirDomain() {
    DataRequest request = DataRequest.of(write("rows.csv", "a,b", "1,2", "0,-1", "-4,4"));
    refused(
            request.withTreatments(
                new Treatments(List.of("a"), List.of("b"), Scaling.MIN_MAX, Map.of())))
        .hasMessageContaining(
            "column 'a' holds 0.0 in row 1 and 1 more: log10 takes values above 0")
        .hasMessageContaining("Use log1p, or leave such rows out with the filter \"a\" > 0")
        .hasMessageContaining("column 'b' holds -1.0 in row 1: log1p takes values above -1");
    refused(
            request.withTreatments(
                new Treatments(List.of("a"), List.of("*"), Scaling.MIN_MAX, Map.of())))
        .hasMessageContaining("column 'a' is to be both log10 and log1p");
  }

  @Test
  void aTransformOfSomethingThatIsNoNumber() {
    refused(
            DataRequest.of(write("rows.csv", "a,b", "1,x", "2,y"))
                .withTreatments(new Treatments(List.of("b"), List.of(), Scaling.MIN_MAX, Map.of())))
        .hasMessageContaining("log10 is asked for 'b', which is no number feature");
  }

  @Test
  void labelsThatAreMissingOrOtherThanZeroAndOne() {
    refused(labelled("0", "1", "", ""))
        .hasMessage(
            "Column 'label' has no value in 2 rows, first in row 2: every row needs a label."
                + " Leave such rows out with the filter \"label\" IS NOT NULL.");
    refused(labelled("0", "1", "2", "2"))
        .hasMessageContaining("holds '2' in 2 rows, first in row 2")
        .hasMessageContaining("a label is 0 (normal) or 1 (anomaly)");
    refused(labelled("1", "1", "1", "1").withRoles(Roles.label("label").withNormalRowsOnly(true)))
        .hasMessageContaining("No row is labelled normal (0) in column 'label'");
    refused(
            labelled("a", "b", "a", "c")
                .withRoles(new Roles("label", "normal", false, null, null, null)))
        .hasMessageContaining("its labels are 'a' (2 rows), 'b' (1 rows), 'c' (1 rows)");
  }

  @Test
  void weightsThatAreNegativeMissingOrZeroEverywhere() {
    refused(weighted("1", "-0.5"))
        .hasMessageContaining("the weight column 'w' holds -0.5 in row 1: a weight is a number");
    refused(weighted("1", "")).hasMessageContaining("holds no value in row 1");
    refused(weighted("0", "0")).hasMessageContaining("is 0 in every row");
    refused(weighted("x", "y")).hasMessageContaining("The weight column 'w' is VARCHAR");
  }

  @Test
  void aLimitBelowOne() {
    assertThatThrownBy(() -> DataRequest.Source.of("x.csv").withLimit(0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at least 1");
  }

  @Test
  void messagesNeverCarryDuckDbsListings() {
    String file = write("rows.csv", "a,b", "1,2", "3", "5,6");
    assertThatThrownBy(() -> DataReader.infer(DataRequest.of(file)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "auto_detect", "LINE 1"));
  }

  private DataRequest labelled(String... labels) {
    String[] lines = new String[labels.length + 1];
    lines[0] = "x,label";
    for (int i = 0; i < labels.length; i++) {
      lines[i + 1] = i + "," + labels[i];
    }
    return DataRequest.of(write("rows.csv", lines)).withRoles(Roles.label("label"));
  }

  private DataRequest weighted(String first, String second) {
    return DataRequest.of(write("rows.csv", "x,w", "1," + first, "2," + second))
        .withRoles(new Roles(null, null, false, "w", null, null));
  }

  private static DataRequest where(DataRequest request, String where) {
    return request.withSource(request.source().withWhere(where));
  }

  private String write(String name, String... lines) {
    return Rows.write(directory.resolve(name), lines);
  }

  private String fakeGzip() {
    Path file = directory.resolve("rows.csv.gz");
    try {
      Files.writeString(file, "a,b\n1,2\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return file.toString();
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(DataRequest request) {
    return assertThatThrownBy(() -> DataReader.infer(request)).isInstanceOf(DataException.class);
  }
}
