package io.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.DataRequest.Roles;
import io.weir.trainer.data.ask.ReadListener;
import io.weir.trainer.data.ask.ReadListener.Stage;
import io.weir.trainer.data.bulk.Storage;
import io.weir.trainer.data.prepare.Preprocessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where rows wait changes nothing but that.
class StorageTest {
  private static final String QUERY =
      """
      select (hash(i) % 1000) / 7.0 as x, case when i % 11 = 0 then null else i % 50 + 1 end as y,
        chr(65 + (i % 5)::int) as w, i % 3 = 0 as f, timestamp '2026-01-01' + i * interval 1 minute as t,
        i % 97 = 0 as bad from range(60000) as r(i)\
      """;

  @TempDir Path directory;

  @Test
  void readingAndStatisticsAreTheSameInTheHeapAndInAFile() throws IOException {
    String file = Rows.parquet(directory.resolve("rows.parquet"), QUERY);
    Path temporary = Files.createDirectory(directory.resolve("temp"));
    DataRequest request =
        DataRequest.of(file).withRoles(Roles.label("bad").withNormalRowsOnly(true));
    Dataset heap = DataReader.infer(request);
    Dataset stored = DataReader.infer(request, new Storage(temporary, 0), ReadListener.NONE);
    assertThat(stored.values()).isEqualTo(heap.values());
    assertThat(stored.rowNumbers()).isEqualTo(heap.rowNumbers());
    assertThat(stored.labels()).isEqualTo(heap.labels());
    assertThat(stored.columns()).isEqualTo(heap.columns());
    Preprocessor expected =
        Preprocessor.fit(heap.features(), heap.treatments(), heap.values(), heap.rows());
    assertThat(
            Preprocessor.fit(stored.features(), stored.treatments(), stored.raw()).preprocessing())
        .isEqualTo(expected.preprocessing());
    int[] some = {5, 6, 7, 30_000, 50_000};
    assertThat(stored.subset(some).values()).isEqualTo(heap.subset(some).values());
    Dataset bound =
        DataReader.bind(request, heap.features(), new Storage(temporary, 0), ReadListener.NONE);
    assertThat(bound.values()).isEqualTo(heap.values());
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void theListenerHearsTheStagesAndTheRows() {
    List<String> heard = new ArrayList<>();
    DataReader.infer(
        DataRequest.of(QUERY),
        Storage.standard(),
        (stage, rows, of) -> heard.add("%s %d/%d".formatted(stage, rows, of)));
    assertThat(heard)
        .startsWith(Stage.OPENING + " 0/0", Stage.COUNTING + " 0/0", Stage.LOADING + " 0/60000")
        .contains(Stage.LOADING + " 16384/60000")
        .endsWith(Stage.LOADING + " 60000/60000");
  }
}
