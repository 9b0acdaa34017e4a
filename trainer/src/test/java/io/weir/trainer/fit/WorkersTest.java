package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void everyMemberRunsEveryJobOnceAndSeesTheOneBefore(int count) {
    long[] sums = new long[count];
    long[] total = {0};
    try (Workers workers = new Workers(count)) {
      for (int job = 0; job < 2000; job++) {
        workers.run((worker, of) -> sums[worker] = total[0] + worker, true);
        for (long sum : sums) {
          total[0] += sum % 7;
        }
      }
    }
    long expected = 0;
    for (int job = 0; job < 2000; job++) {
      long before = expected;
      for (int worker = 0; worker < count; worker++) {
        expected += (before + worker) % 7;
      }
    }
    assertThat(total[0]).isEqualTo(expected);
  }

  @Test
  void membersThatParkedWakeUp() throws InterruptedException {
    int[] runs = new int[3];
    try (Workers workers = new Workers(3)) {
      for (int job = 0; job < 5; job++) {
        Thread.sleep(20);
        workers.run((worker, of) -> runs[worker]++, true);
      }
    }
    assertThat(runs).containsExactly(5, 5, 5);
  }

  @Test
  void theCallerAloneDoesAJobThatIsNotShared() {
    try (Workers workers = new Workers(3)) {
      int[] shares = {0, 0};
      workers.run(
          (worker, of) -> {
            shares[0] = worker;
            shares[1] = of;
          },
          false);
      assertThat(shares).containsExactly(0, 1);
    }
  }

  @Test
  void aFailureOfAMemberReachesTheCaller() {
    try (Workers workers = new Workers(2)) {
      assertThatThrownBy(
              () ->
                  workers.run(
                      (worker, of) -> {
                        if (worker == 1) {
                          throw new ArithmeticException("member");
                        }
                      },
                      true))
          .hasRootCauseMessage("member");
    }
  }
}
