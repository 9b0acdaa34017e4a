package io.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.schemas.card.ModelCard.DataSource;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.DataRequest.Roles;
import io.weir.trainer.data.ask.SourceFiles;
import io.weir.trainer.data.ask.SourceFormat;
import io.weir.trainer.data.features.ColumnReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same rows from every kind of source.
class SourcesTest {
  private static final float[] VALUES = {1.5f, 0, 2.5f, 1, 3.5f, 0};

  @TempDir Path directory;

  @Test
  void csvPlainAndCompressedWithAnyUsualSeparator() {
    assertRows(Rows.write(at("r.csv"), "x,w", "1.5,a", "2.5,b", "3.5,a"));
    assertRows(Rows.write(at("r.csv.gz"), "x,w", "1.5,a", "2.5,b", "3.5,a"));
    assertRows(Rows.write(at("semicolon.csv"), "x;w", "1.5;a", "2.5;b", "3.5;a"));
    assertRows(Rows.write(at("r.tsv"), "x\tw", "1.5\ta", "2.5\tb", "3.5\ta"));
    assertRows(Rows.write(at("bom.csv"), "\uFEFFx,w", "1.5,a", "2.5,b", "3.5,a"));
    assertRows(Rows.write(at("crlf.csv"), "x,w\r", "1.5,a\r", "2.5,b\r", "3.5,a\r"));
  }

  @Test
  void jsonLinesAndArrays() {
    assertRows(
        Rows.write(
            at("r.jsonl"),
            "{\"x\": 1.5, \"w\": \"a\"}",
            "{\"x\": 2.5, \"w\": \"b\"}",
            "{\"x\": 3.5, \"w\": \"a\"}"));
    assertRows(
        Rows.write(
            at("r.json"),
            "[{\"x\": 1.5, \"w\": \"a\"}, {\"x\": 2.5, \"w\": \"b\"},",
            "{\"x\": 3.5, \"w\": \"a\"}]"));
  }

  @Test
  void parquetAndSql() {
    String query = "select * from (values (1.5, 'a'), (2.5, 'b'), (3.5, 'a')) AS t(x, w)";
    assertRows(Rows.parquet(at("r.parquet"), query));
    assertRows(query);
    assertRows("select * from '%s';".formatted(at("r.parquet")).replace(";", ""));
  }

  @Test
  void theFormatCanBeStated() {
    String file = Rows.write(at("rows.txt"), "x,w", "1.5,a", "2.5,b", "3.5,a");
    DataRequest request = DataRequest.of(file);
    Dataset data =
        DataReader.infer(request.withSource(request.source().withFormat(SourceFormat.CSV)));
    assertThat(data.values()).containsExactly(VALUES);
  }

  @Test
  void aFileWhoseNameLooksLikeAPatternIsThatFile() {
    assertRows(Rows.write(at("r[1]*.csv"), "x,w", "1.5,a", "2.5,b", "3.5,a"));
    assertRows(Rows.write(at("it's.csv"), "x,w", "1.5,a", "2.5,b", "3.5,a"));
  }

  @Test
  void directoriesAndPatternsReadTheirFilesByPath() throws IOException {
    Files.createDirectories(at("days/2"));
    Rows.write(at("days/2/b.csv"), "w,x", "a,3.5");
    Rows.write(at("days/1.csv"), "x,w", "1.5,a", "2.5,b");
    Rows.write(at("days/readme.md"), "nothing");

    assertRows(at("days").toString());
    assertRows(at("days") + "/{1,2/b}.csv");
    Dataset data = DataReader.infer(DataRequest.of(at("days").toString()));
    assertThat(data.rowNumbers()).containsExactly(0, 1, 2);
    assertThat(data.sources())
        .extracting(DataSource::location, DataSource::rows)
        .containsExactly(
            tuple(at("days/1.csv").toString(), 2L), tuple(at("days/2/b.csv").toString(), 1L));
  }

  @Test
  void manyRowGroupsOfManyFilesKeepTheirOrder() throws IOException {
    Files.createDirectories(at("many"));
    for (int file = 0; file < 3; file++) {
      Rows.parquet(
          at("many/" + file + ".parquet"),
          "select range + %d AS x from range(150000)".formatted(file * 150_000));
    }
    Dataset data = DataReader.infer(DataRequest.of(at("many").toString()));
    assertThat(data.rows()).isEqualTo(450_000);
    for (int row = 0; row < data.rows(); row++) {
      if (data.values()[row] != row || data.rowNumbers()[row] != row) {
        assertThat(data.values()[row]).as("row %d", row).isEqualTo(row);
      }
    }
  }

  @Test
  void aDirectoryOfSeveralFormatsIsRefused() {
    Rows.write(at("a.csv"), "x", "1");
    Rows.write(at("b.jsonl"), "{\"x\": 1}");
    assertThatThrownBy(() -> DataReader.infer(DataRequest.of(directory.toString())))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("one source has one format");
  }

  @Test
  void nestedFieldsAreColumnsByTheirDottedPath() {
    String file =
        Rows.write(
            at("r.jsonl"),
            "{\"card\": {\"limit\": 5, \"home\": {\"country\": \"CH\"}}, \"tags\": [1]}",
            "{\"card\": {\"limit\": 6, \"home\": {\"country\": \"DE\"}}, \"tags\": []}",
            "{\"card\": null, \"tags\": []}");
    Dataset data = DataReader.infer(DataRequest.of(file));
    assertThat(data.features())
        .containsExactly(
            new Numeric("card.limit", "card.limit", true),
            new Category("card.home.country", "card.home.country", true, List.of("CH", "DE")));
    assertThat(data.values()).containsExactly(5, 0, 6, 1, Float.NaN, Float.NaN);
    assertThat(data.columns().getLast())
        .isEqualTo(
            new ColumnReport("tags", "BIGINT[]", "left out", "a BIGINT[] is no single value"));
  }

  @Test
  void filtersAndLimitsKeepTheRowNumbersOfTheSource() {
    String file = Rows.write(at("r.csv"), "x,label", "5,0", "6,1", "7,0", "8,0", "9,1", "1,0");
    DataRequest request = DataRequest.of(file).withRoles(Roles.label("label"));
    DataRequest some = request.withSource(request.source().withWhere("x > 5 -- big").withLimit(4));

    Dataset all = DataReader.infer(some);
    assertThat(all.rowNumbers()).containsExactly(1, 2, 3, 4);
    assertThat(all.labels()).containsExactly(1, 0, 0, 1);
    Dataset normal =
        DataReader.infer(some.withRoles(Roles.label("label").withNormalRowsOnly(true)));
    assertThat(normal.rowNumbers()).containsExactly(2, 3);
    assertThat(normal.labels()).containsExactly(0, 0);
    assertThat(normal.sources().getFirst())
        .isEqualTo(
            new DataSource("csv", file, 2, SourceFiles.sha256(Path.of(file)), "x > 5 -- big"));
  }

  @Test
  void anotherLabelOfNormalRowsMakesAllOthersAnomalies() {
    String file = Rows.write(at("r.csv"), "x,kind", "1,BENIGN", "2,DoS", "3,BENIGN", "4,Probe");
    Dataset data =
        DataReader.infer(
            DataRequest.of(file).withRoles(new Roles("kind", "BENIGN", false, null, null, null)));
    assertThat(data.labels()).containsExactly(0, 1, 0, 1);
    assertThat(data.features()).extracting("name").containsExactly("x");
  }

  @Test
  void labelsMayBeBooleansOrDecimals() {
    assertThat(labels("true", "false", "True")).containsExactly(1, 0, 1);
    assertThat(labels("1.0", "0.0", "1")).containsExactly(1, 0, 1);
  }

  @Test
  void theSha256IsTheFilesOwn() {
    String file = Rows.write(at("r.csv"), "abc");
    assertThat(SourceFiles.sha256(Path.of(file)))
        .isEqualTo("edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb");
  }

  @Test
  void subsetsKeepLabelsWeightsAndRowNumbersTogether() {
    String file = Rows.write(at("r.csv"), "x,label,w", "5,0,1", "6,1,2", "7,0,3");
    Dataset data =
        DataReader.infer(
                DataRequest.of(file).withRoles(new Roles("label", null, false, "w", null, null)))
            .subset(new int[] {2, 1});
    assertThat(data.rows()).isEqualTo(2);
    assertThat(data.values()).containsExactly(7, 6);
    assertThat(data.labels()).containsExactly(0, 1);
    assertThat(data.weights()).containsExactly(3, 2);
    assertThat(data.rowNumbers()).containsExactly(2, 1);
  }

  private byte[] labels(String... labels) {
    String[] lines = {"x,label", "1," + labels[0], "2," + labels[1], "3," + labels[2]};
    DataRequest request = DataRequest.of(Rows.write(at("r.csv"), lines));
    return DataReader.infer(request.withRoles(Roles.label("label"))).labels();
  }

  private void assertRows(String location) {
    Dataset data = DataReader.infer(DataRequest.of(location));
    assertThat(data.features())
        .containsExactly(
            new Numeric("x", "x", false), new Category("w", "w", false, List.of("a", "b")));
    assertThat(data.values()).containsExactly(VALUES);
  }

  private Path at(String name) {
    return directory.resolve(name);
  }
}
