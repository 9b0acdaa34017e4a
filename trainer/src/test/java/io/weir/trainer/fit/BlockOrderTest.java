package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.trainer.engine.random.RandomStream;
import io.weir.trainer.engine.random.RandomStream.Purpose;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BlockOrderTest {
  @Property(tries = 300)
  void anEpochTakesEveryRowOnceAndABatchMeetsAtMostTwoGroups(
      @ForAll @IntRange(min = 1, max = 700) int all,
      @ForAll @IntRange(min = 1, max = 5) int everyNth,
      @ForAll @IntRange(min = 0, max = 5) int blockBits,
      @ForAll @IntRange(min = 1, max = 4) int together,
      @ForAll @IntRange(min = 1, max = 60) int batch,
      @ForAll @IntRange(max = 1000) int epoch) {
    int[] rows = IntStream.range(0, all).filter(row -> row * 7919L % everyNth == 0).toArray();
    BlockOrder order = new BlockOrder(rows, 1 << blockBits, together, batch);
    assertThat(order.order()).containsExactly(rows);
    for (int repeat = 0; repeat < 2; repeat++) {
      order.shuffle(new RandomStream(3, Purpose.SHUFFLE, epoch + repeat));
      int[] sorted = order.order().clone();
      Arrays.sort(sorted);
      assertThat(sorted).containsExactly(rows);
      for (int group = 0; group < order.groups(); group++) {
        Set<Integer> blocks = new HashSet<>();
        Arrays.stream(order.blocks(group)).forEach(blocks::add);
        int size = order.firstRow(group + 1) - order.firstRow(group);
        assertThat(group == order.groups() - 1 || size >= batch).isTrue();
        for (int i = order.firstRow(group); i < order.firstRow(group + 1); i++) {
          assertThat(blocks).contains(order.order()[i] >>> blockBits);
        }
      }
      assertThat(order.firstRow(order.groups())).isEqualTo(rows.length);
    }
  }

  @Test
  void everyEpochHasItsOwnOrderOfBlocksAndOfRows() {
    int[] rows = IntStream.range(0, 4096).toArray();
    BlockOrder order = new BlockOrder(rows, 64, 8, 32);
    order.shuffle(new RandomStream(1, Purpose.SHUFFLE, 1));
    int[] first = order.order().clone();
    int[] firstBlocks = order.blocks(0);
    order.shuffle(new RandomStream(1, Purpose.SHUFFLE, 2));
    assertThat(order.order()).isNotEqualTo(first);
    assertThat(order.blocks(0)).isNotEqualTo(firstBlocks);
    order.shuffle(new RandomStream(1, Purpose.SHUFFLE, 1));
    assertThat(order.order()).isEqualTo(first);
    // Rows of one block are apart from each other after mixing eight of them.
    long neighbours =
        IntStream.range(1, first.length).filter(i -> first[i] == first[i - 1] + 1).count();
    assertThat(neighbours).isLessThan(64);
  }
}
