package io.weir.trainer.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.trainer.engine.random.RandomStream.Purpose;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  @Test
  void theSameAddressGivesTheSameNumbers() {
    assertThat(draw(1, Purpose.SHUFFLE, 2)).isEqualTo(draw(1, Purpose.SHUFFLE, 2));
  }

  @Test
  void seedPurposeAndIndexEachGiveOtherNumbers() {
    int[] numbers = draw(1, Purpose.SHUFFLE, 2);
    assertThat(draw(3, Purpose.SHUFFLE, 2)).isNotEqualTo(numbers);
    assertThat(draw(1L << 32 | 1, Purpose.SHUFFLE, 2)).isNotEqualTo(numbers);
    assertThat(draw(1, Purpose.SPLIT, 2)).isNotEqualTo(numbers);
    assertThat(draw(1, Purpose.SHUFFLE, 3)).isNotEqualTo(numbers);
  }

  @Test
  void boundedNumbersAreEven() {
    RandomStream random = new RandomStream(5, Purpose.SPLIT, 0);
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[random.nextInt(7)]++;
    }
    assertThat(Arrays.stream(counts).boxed()).allSatisfy(c -> assertThat(c).isBetween(9600, 10400));
  }

  @Test
  void shufflingPermutes() {
    int[] values = IntStream.range(0, 1000).toArray();
    new RandomStream(5, Purpose.SHUFFLE, 1).shuffle(values);
    assertThat(values).isNotEqualTo(IntStream.range(0, 1000).toArray());
    assertThat(Arrays.stream(values).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
  }

  @Test
  void gaussiansHaveMeanZeroAndVarianceOne() {
    RandomStream random = new RandomStream(5, Purpose.WEIGHTS, 0);
    double sum = 0;
    double squares = 0;
    int n = 100_000;
    for (int i = 0; i < n; i++) {
      double z = random.nextGaussian();
      sum += z;
      squares += z * z;
    }
    assertThat(sum / n).isCloseTo(0, within(0.015));
    assertThat(squares / n).isCloseTo(1, within(0.02));
  }

  private static int[] draw(long seed, Purpose purpose, int index) {
    RandomStream random = new RandomStream(seed, purpose, index);
    return IntStream.range(0, 9).map(i -> random.nextInt()).toArray();
  }
}
