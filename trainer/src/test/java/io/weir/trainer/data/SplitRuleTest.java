package io.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.DataRequest.Roles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitRuleTest {
  @ParameterizedTest
  @ValueSource(strings = {"thyroid", "cardio", "satimage-2", "shuttle", "pima"})
  void splitsAreThoseOfTheDataSetsCheckFile(String name) throws IOException {
    String given = System.getenv("WEIR_DATA");
    Path folder = given == null ? Path.of("../../shared/data") : Path.of(given);
    assumeTrue(
        Files.isDirectory(folder),
        folder.toAbsolutePath() + " is not there: set WEIR_DATA to the folder of the data sets");
    JsonNode checks =
        new ObjectMapper().readTree(folder.resolve("split_check.json").toFile()).get(name);
    Dataset data =
        DataReader.infer(
            DataRequest.of(folder.resolve("tabular/%s.csv.gz".formatted(name)).toString())
                .withRoles(Roles.label("label")));
    for (int seed = 0; seed < 3; seed++) {
      JsonNode check = checks.get(String.valueOf(seed));
      SplitRule rule = new SplitRule(0.7, seed);
      int[] train = rule.trainRows(data.rowNumbers(), data.labels());
      assertThat(train).hasSize(check.get("n_train").asInt());
      assertThat(Arrays.copyOf(train, 5))
          .containsExactly(new ObjectMapper().treeToValue(check.get("first5"), int[].class));
      SplitRule.Split split = rule.split(data.rowNumbers(), data.labels());
      assertThat(crc(split.train())).isEqualTo(check.get("crc32_sorted").asText());
      assertThat(split.train().length + split.test().length).isEqualTo(data.rows());
    }
  }

  @Test
  void forALabelledTrainingTheSameShareOfEachKindTrains() {
    long[] rows = LongStream.range(0, 1000).toArray();
    byte[] labels = new byte[1000];
    for (int row = 0; row < 1000; row += 8) {
      labels[row] = 1;
    }
    SplitRule rule = new SplitRule(0.7, 2);
    SplitRule.Split each = rule.splitEachKind(rows, labels);
    assertThat(each.train().length + each.test().length).isEqualTo(1000);
    assertThat(Arrays.stream(each.train()).filter(row -> labels[row] == 0))
        .containsExactlyElementsOf(
            Arrays.stream(rule.split(rows, labels).train()).boxed().toList());
    int[] anomalies = Arrays.stream(each.train()).filter(row -> labels[row] == 1).toArray();
    assertThat(anomalies).hasSize((int) (0.7 * 125));
    // Among themselves the anomalies are split just as if they were the normal rows.
    byte[] swapped = labels.clone();
    for (int row = 0; row < 1000; row++) {
      swapped[row] = (byte) (1 - labels[row]);
    }
    assertThat(anomalies).isEqualTo(rule.split(rows, swapped).train());
  }

  @Test
  void rowsTrainByTheirSplitmix64KeyTakenAsUnsigned() {
    // Computed apart, in Python; row 0 has the generator's well-known first output e220a839....
    long[] rows = LongStream.range(0, 8).toArray();
    assertThat(new SplitRule(0.9, 0).trainRows(rows, null)).containsExactly(3, 5, 7, 4, 1, 2, 6);
    assertThat(new SplitRule(0.9, 1).trainRows(rows, null)).containsExactly(7, 0, 6, 3, 1, 2, 5);
  }

  @Test
  void anomaliesNeverTrainAndEveryRowIsSomewhere() {
    long[] rows = LongStream.range(0, 1_000).toArray();
    byte[] labels = new byte[1_000];
    Arrays.fill(labels, 900, 1_000, (byte) 1);
    SplitRule.Split split = new SplitRule(0.7, 4).split(rows, labels);
    assertThat(split.train()).hasSize(630).isSorted();
    assertThat(split.train()[629]).isLessThan(900);
    assertThat(split.test()).hasSize(370).isSorted().contains(950);
  }

  @Test
  void theSplitOfARowDoesNotDependOnWhetherAnomaliesWereRead() {
    long[] rows = LongStream.range(0, 100).toArray();
    byte[] labels = new byte[100];
    for (int row = 0; row < 100; row += 3) {
      labels[row] = 1;
    }
    long[] normal = LongStream.range(0, 100).filter(row -> labels[(int) row] == 0).toArray();
    SplitRule rule = new SplitRule(0.6, 1);
    assertThat(Arrays.stream(rule.trainRows(normal, null)).mapToLong(row -> normal[row]))
        .containsExactly(
            Arrays.stream(rule.trainRows(rows, labels))
                .mapToLong(row -> rows[row])
                .boxed()
                .toArray(Long[]::new));
  }

  @Test
  void aFractionOutsideZeroAndOneIsRefused() {
    assertThatThrownBy(() -> new SplitRule(1, 0))
        .isInstanceOf(DataException.class)
        .hasMessage("A training fraction of 1.0: it must be above 0 and below 1");
    assertThatThrownBy(() -> new SplitRule(Double.NaN, 0)).isInstanceOf(DataException.class);
  }

  private static String crc(int[] sorted) {
    CRC32 crc = new CRC32();
    crc.update(
        Arrays.stream(sorted)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","))
            .getBytes(StandardCharsets.US_ASCII));
    return "%08x".formatted(crc.getValue());
  }
}
