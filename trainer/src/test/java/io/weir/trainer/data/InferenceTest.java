package io.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.schemas.features.Cycle;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.DataRequest.Roles;
import io.weir.trainer.data.ask.DataRequest.Selection;
import io.weir.trainer.data.features.ColumnReport;
import io.weir.trainer.data.features.ColumnTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which column becomes which feature.
class InferenceTest {
  @TempDir Path directory;

  @Test
  void everyKindOfColumnBecomesItsFeatureInTheOrderOfTheFile() {
    List<String> lines = new ArrayList<>();
    lines.add("amount,online,country,at,count");
    for (int day = 0; day < 20; day++) {
      lines.add(
          "%s,%s,%s,2026-03-%02d 0%d:30:00,%d"
              .formatted(
                  day + 0.5, day % 2 == 0, day % 3 == 0 ? "CH" : "DE", day + 1, day % 10, day));
    }
    Dataset data = infer(lines);

    assertThat(data.features())
        .containsExactly(
            new Numeric("amount", "amount", false),
            new Flag("online", "online", false),
            new Category("country", "country", false, List.of("DE", "CH")),
            new CyclicTime("at@time_of_day", "at", false, Cycle.TIME_OF_DAY),
            new CyclicTime("at@day_of_week", "at", false, Cycle.DAY_OF_WEEK),
            new Numeric("count", "count", false));
    // 1 March 2026 was a Sunday, the sixth day after Monday.
    assertThat(row(data, 0)).containsExactly(0.5f, 1, 1, 1_800, 6 * 86_400 + 1_800, 0);
    assertThat(row(data, 1)).containsExactly(1.5f, 0, 0, 3_600 + 1_800, 3_600 + 1_800, 1);
    assertThat(data.rowNumbers()).startsWith(0, 1, 2).hasSize(20);
  }

  @Test
  void theTableSaysWhatBecameOfEveryColumnAndWhy() {
    Dataset data =
        DataReader.infer(
            DataRequest.of(file("x,same,empty,id,label,skip", idLines()))
                .withRoles(Roles.label("label"))
                .withSelection(new Selection(List.of(), List.of("sk*"))));

    assertThat(data.columns())
        .extracting(ColumnReport::column, ColumnReport::outcome, ColumnReport::note)
        .containsExactly(
            tuple("x", "number", "0 to 99"),
            tuple("same", "left out", "always 7"),
            tuple("empty", "left out", "no values"),
            tuple("id", "left out", "100 different words, more than 64"),
            tuple("label", "label", ""),
            tuple("skip", "left out", "not selected"));
    assertThat(ColumnTable.print(data.columns()))
        .startsWith("column  type     becomes   note\nx       BIGINT   number    0 to 99\n")
        .contains("\nlabel   BIGINT   label\n");
  }

  @Test
  void aConstantColumnIsKeptIfItIsNamed() {
    DataRequest request = DataRequest.of(file("x,same", List.of("1,7", "2,7")));
    assertThat(DataReader.infer(request).features()).hasSize(1);
    assertThat(
            DataReader.infer(request.withSelection(new Selection(List.of("same", "x"), List.of())))
                .features())
        .containsExactly(new Numeric("x", "x", false), new Numeric("same", "same", false));
    assertThat(
            DataReader.infer(request.withSelection(new Selection(List.of("*"), List.of())))
                .features())
        .hasSize(1);
  }

  @Test
  void aColumnThatIsConstantInFloat32IsLeftOut() {
    Dataset data = infer(List.of("x,big", "1,1000000000001", "2,1000000000002"));
    assertThat(data.features()).extracting("name").containsExactly("x");
  }

  @Test
  void missingValuesAreNaNAndMakeTheFeatureNullable() {
    Dataset data = infer(List.of("a,b,c", "1,NaN,x", ",2,NA", "3,3,y", "NULL,4,x"));
    assertThat(data.features())
        .containsExactly(
            new Numeric("a", "a", true),
            new Numeric("b", "b", true),
            new Category("c", "c", true, List.of("x", "y")));
    assertThat(data.values())
        .containsExactly(1, Float.NaN, 0, Float.NaN, 2, Float.NaN, 3, 3, 1, Float.NaN, 4, 0);
  }

  @Test
  void notANumberInATypedSourceIsMissingToo() {
    String query = "select * from (values (1.5::DOUBLE), ('nan'), (2.5), (null)) AS t(x)";
    Dataset data = DataReader.infer(DataRequest.of(query));
    assertThat(data.features()).containsExactly(new Numeric("x", "x", true));
    assertThat(data.values()).containsExactly(1.5f, Float.NaN, 2.5f, Float.NaN);
    assertThat(data.columns().getFirst().note()).isEqualTo("1.5 to 2.5, 2 missing");
    assertThat(
            DataReader.infer(DataRequest.of("select range AS i, 'nan'::FLOAT AS x from range(3)"))
                .columns()
                .get(1)
                .note())
        .isEqualTo("no values");
  }

  @Test
  void wholeNumbersOfZeroAndOneStayNumbers() {
    assertThat(infer(List.of("a", "0", "1", "1")).features())
        .containsExactly(new Numeric("a", "a", false));
  }

  @Test
  void numbersInQuotesAreNumbers() {
    Dataset data = infer(List.of("a,b", "\"1.5\",\"x, y\"", "\"2.5\",\"say \"\"z\"\"\""));
    assertThat(data.features())
        .containsExactly(
            new Numeric("a", "a", false),
            new Category("b", "b", false, List.of("say \"z\"", "x, y")));
  }

  @Test
  void numbersMixedWithManyTextsAreLeftOutWithAnExample() {
    List<String> lines = new ArrayList<>(List.of("x,a"));
    IntStream.range(0, 100).forEach(i -> lines.add(i + "," + (i == 17 ? "error" : i + 0.5)));
    assertThat(infer(lines).columns().get(1).note())
        .isEqualTo(
            "numbers mixed with 1 texts, such as 'error' in row 17:"
                + " clean them in a query to use them");
  }

  @Test
  void aTextAfterManyNumbersIsSeen() {
    List<String> lines = new ArrayList<>(List.of("x,a"));
    IntStream.range(0, 30_000).forEach(i -> lines.add(i + "," + (i == 29_000 ? "?" : i)));
    Dataset data = infer(lines);
    assertThat(data.features()).extracting("name").containsExactly("x");
    assertThat(data.columns().get(1).note()).contains("'?' in row 29000");
  }

  @Test
  void aVocabularyIsSortedByFrequencyThenByName() {
    Dataset data = infer(List.of("x,w", "1,b", "2,c", "3,a", "4,c", "5,B", "6,é"));
    assertThat(((Category) data.features().get(1)).vocabulary())
        .containsExactly("c", "B", "a", "b", "é");
  }

  @Test
  void sixtyFourWordsAreACategoryAndSixtyFiveAreNot() {
    assertThat(infer(words(64)).features()).hasSize(2);
    assertThat(infer(words(65)).features()).hasSize(1);
    DataRequest named =
        DataRequest.of(file("x,w", words(65).subList(1, 66)))
            .withSelection(new Selection(List.of("w"), List.of()));
    assertThatThrownBy(() -> DataReader.infer(named))
        .isInstanceOf(DataException.class)
        .hasMessage("column 'w': 65 different words, more than 64");
  }

  @Test
  void aCycleIsLearnedFromTwoTurnsOn() {
    assertThat(infer(List.of("x,at", "1,2026-03-01 10:00:00", "2,2026-03-02 11:00:00")).features())
        .hasSize(1);
    assertThat(infer(List.of("x,at", "1,2026-03-01 10:00:00", "2,2026-03-03 11:00:00")).features())
        .extracting("name")
        .containsExactly("x", "at@time_of_day");
    assertThat(infer(List.of("x,on", "1,2026-03-01", "2,2026-03-30")).features())
        .extracting("name")
        .containsExactly("x", "on@day_of_week");
  }

  @Test
  void theEventsTimeIsNoNumberFeatureButATimestampKeepsItsCycles() {
    Roles time = new Roles(null, null, false, null, null, "t");
    assertThat(
            DataReader.infer(DataRequest.of(file("t,x", List.of("1,5", "2,6"))).withRoles(time))
                .features())
        .extracting("name")
        .containsExactly("x");
    assertThat(
            DataReader.infer(
                    DataRequest.of(
                            file("t,x", List.of("2026-03-01 10:00:00,5", "2026-03-03 11:00:00,6")))
                        .withRoles(time))
                .features())
        .extracting("name")
        .containsExactly("t@time_of_day", "x");
  }

  @Test
  void keyAndWeightAreNoFeatures() {
    Dataset data =
        DataReader.infer(
            DataRequest.of(file("k,w,x", List.of("1,0.5,5", "2,0,6")))
                .withRoles(new Roles(null, null, false, "w", "k", null)));
    assertThat(data.features()).extracting("name").containsExactly("x");
    assertThat(data.weights()).containsExactly(0.5f, 0f);
  }

  @Test
  void withoutAnyFeatureTheReasonsAreGiven() {
    assertThatThrownBy(() -> infer(List.of("a,b", "1,x", "1,x")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no column can be a feature")
        .hasMessageContaining("always 1")
        .hasMessageContaining("always 'x'");
  }

  @Test
  void theSameFileGivesTheSameDatasetAgain() {
    DataRequest request = DataRequest.of(file("x,w", words(40).subList(1, 41)));
    Dataset first = DataReader.infer(request);
    Dataset second = DataReader.infer(request);
    assertThat(second.features()).isEqualTo(first.features());
    assertThat(second.values()).isEqualTo(first.values());
    assertThat(second.sources()).isEqualTo(first.sources());
  }

  @Test
  void veryWideRowsAreRead() {
    int width = 1_500;
    String header = String.join(",", IntStream.range(0, width).mapToObj(i -> "c" + i).toList());
    String first = String.join(",", IntStream.range(0, width).mapToObj(i -> i + ".5").toList());
    String second = String.join(",", IntStream.range(0, width).mapToObj(i -> "-" + i).toList());
    Dataset data = infer(List.of(header, first, second));
    assertThat(data.features()).hasSize(width);
    assertThat(data.values()[width - 1]).isEqualTo(width - 0.5f);
    assertThat(data.values()[2 * width - 1]).isEqualTo(1f - width);
  }

  @Test
  void aNumberIsTheNearestFloatOfTheNearestDouble() {
    String[] texts = {"0.1", "1e-45", "16777217", "3.4028235e38", "0.30000001192092896", "-0.0"};
    List<String> lines = new ArrayList<>(List.of("x"));
    lines.addAll(List.of(texts));
    float[] values = infer(lines).values();
    for (int i = 0; i < texts.length; i++) {
      assertThat(Float.floatToRawIntBits(values[i]))
          .as(texts[i])
          .isEqualTo(Float.floatToRawIntBits((float) Double.parseDouble(texts[i])));
    }
  }

  private Dataset infer(List<String> lines) {
    return DataReader.infer(DataRequest.of(file(lines.getFirst(), lines.subList(1, lines.size()))));
  }

  private String file(String header, List<String> rows) {
    List<String> lines = new ArrayList<>(List.of(header));
    lines.addAll(rows);
    return Rows.write(directory.resolve("rows.csv"), lines.toArray(String[]::new));
  }

  private static float[] row(Dataset data, int row) {
    int width = data.features().size();
    return java.util.Arrays.copyOfRange(data.values(), row * width, (row + 1) * width);
  }

  private static List<String> idLines() {
    return IntStream.range(0, 100)
        .mapToObj(i -> "%d,7,,id-%d,%d,%d".formatted(i, i, i % 2, i))
        .toList();
  }

  private static List<String> words(int count) {
    List<String> lines = new ArrayList<>(List.of("x,w"));
    IntStream.range(0, count).forEach(i -> lines.add(i + ",word" + i));
    return lines;
  }
}
