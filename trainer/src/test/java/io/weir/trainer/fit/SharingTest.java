package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharingTest {
  private final Sharing sharing = new Sharing(true);
  private long alone;
  private long shared;

  @Test
  void sharesWhatIsFasterShared() {
    take(20_000, 10_000, 6_000);
    assertThat(shared).isGreaterThan(100 * alone / 2);
    assertThat(sharing.shared()).isTrue();
  }

  @Test
  void leavesToTheCallerWhatIsNot() {
    take(20_000, 10_000, 12_000);
    assertThat(alone).isGreaterThan(100 * shared / 3);
    assertThat(sharing.shared()).isFalse();
  }

  @Test
  void notesWithinSomeStepsThatTheMachineBecameBusy() {
    take(5_000, 10_000, 6_000);
    alone = 0;
    shared = 0;
    take(5_000, 10_000, 1_000_000);
    assertThat(shared).isLessThan(3 * Sharing.LOOK);
  }

  @Test
  void triesAgainWhenTheMachineMayHaveBecomeIdle() {
    take(5_000, 10_000, 1_000_000);
    take(70_000, 10_000, 6_000);
    assertThat(sharing.shared()).isTrue();
  }

  @Test
  void breaksOffATrialThatTakesTooLong() {
    take(Sharing.TRIAL, 10_000, 0);
    assertThat(sharing.shared()).isTrue();
    take(1, 10_000, 5_000_000);
    assertThat(sharing.shared()).isFalse();
  }

  @Test
  void sharesNothingWithNobody() {
    Sharing none = new Sharing(false);
    for (int step = 0; step < 5_000; step++) {
      assertThat(none.shared()).isFalse();
      none.stepTook(1_000);
    }
  }

  /// Steps that take so many nanoseconds alone and shared.
  private void take(int steps, long aloneNanos, long sharedNanos) {
    for (int step = 0; step < steps; step++) {
      boolean together = sharing.shared();
      alone += together ? 0 : 1;
      shared += together ? 1 : 0;
      sharing.stepTook(together ? sharedNanos : aloneNanos);
    }
  }
}
