package io.weir.trainer.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.trainer.config.ConfigException;
import io.weir.trainer.fit.Split;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FoldsTest {
  @Property(tries = 200)
  void everyRowIsHeldOutInExactlyOneFoldAndLearnedFromInAllOthers(
      @ForAll @IntRange(min = 2, max = 12) int count,
      @ForAll @IntRange(min = 12, max = 300) int rows,
      @ForAll long seed) {
    Folds folds = Folds.draw(rows, count, seed);
    int[] heldOut = new int[rows];
    int[] learned = new int[rows];
    for (int fold = 1; fold <= count; fold++) {
      Split split = folds.split(fold);
      assertThat(split.validation()).hasSizeBetween(rows / count, Math.ceilDiv(rows, count));
      IntStream.of(split.validation()).forEach(row -> heldOut[row]++);
      IntStream.of(split.training()).forEach(row -> learned[row]++);
    }
    assertThat(heldOut).containsOnly(1);
    assertThat(learned).containsOnly(count - 1);
  }

  @Test
  void partsAreInTheOrderOfTheRows() {
    Split split = Folds.draw(100, 3, 5).split(2);
    assertThat(split.training()).isSorted();
    assertThat(split.validation()).isSorted();
  }

  @Test
  void theSeedDecides() {
    int[] rows = Folds.draw(60_000, 10, 42).split(1).validation();
    assertThat(rows).hasSize(6_000).isEqualTo(Folds.draw(60_000, 10, 42).split(1).validation());
    assertThat(rows).isNotEqualTo(Folds.draw(60_000, 10, 43).split(1).validation());
    assertThat(IntStream.of(rows).average().orElseThrow())
        .as("the rows are shuffled before they are cut")
        .isBetween(29_000.0, 31_000.0);
  }

  @Test
  void oneFoldOrMoreThanRowsAreRefused() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Folds.draw(5, 6, 0))
        .withMessage("--folds 6: from 2 to the number of rows, which is 5");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Folds.draw(5, 1, 0))
        .withMessageContaining("--folds 1");
  }
}
