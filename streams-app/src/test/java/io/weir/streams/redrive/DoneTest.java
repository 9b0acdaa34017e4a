package io.weir.streams.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.streams.redrive.DeadLetter.Kind;
import org.junit.jupiter.api.Test;

class DoneTest {
  private static final Kind MISSING = new Kind("payments", "MISSING_VALUE", 0);
  private static final Kind AGAIN = new Kind("payments", "MISSING_VALUE", 1);
  private static final Kind OTHER = new Kind("refunds", "TRUNCATED", 0);

  private final Done done = new Done(10);

  @Test
  void allBeforeThePositionIsDone() {
    assertThat(done.contains(MISSING, 9)).isTrue();
    assertThat(done.contains(MISSING, 10)).isFalse();
    done.advance(20);
    assertThat(done.contains(OTHER, 19)).isTrue();
    assertThat(done.position()).isEqualTo(20);
    assertThat(done.metadata()).isEmpty();
  }

  @Test
  void aStretchIsOfItsKindOnly() {
    done.add(MISSING, 12, 20);
    assertThat(done.contains(MISSING, 12)).isTrue();
    assertThat(done.contains(MISSING, 19)).isTrue();
    assertThat(done.contains(MISSING, 20)).isFalse();
    assertThat(done.contains(MISSING, 11)).isFalse();
    assertThat(done.contains(AGAIN, 15)).isFalse();
    assertThat(done.contains(OTHER, 15)).isFalse();
  }

  @Test
  void stretchesThatTouchBecomeOne() {
    done.add(MISSING, 12, 14);
    done.add(MISSING, 30, 40);
    done.add(MISSING, 14, 16);
    assertThat(done.metadata()).isEqualTo("weir-redrive-1\npayments/MISSING_VALUE/0 30-40 12-16");
    done.add(MISSING, 10, 31);
    assertThat(done.metadata()).isEqualTo("weir-redrive-1\npayments/MISSING_VALUE/0 10-40");
  }

  @Test
  void thePositionForgetsStretchesBeforeIt() {
    done.add(MISSING, 12, 14);
    done.add(OTHER, 12, 30);
    done.advance(14);
    assertThat(done.metadata()).isEqualTo("weir-redrive-1\nrefunds/TRUNCATED/0 12-30");
    assertThat(done.contains(MISSING, 13)).isTrue();
  }

  @Test
  void whatIsCommittedIsReadAgain() {
    done.add(MISSING, 12, 14);
    done.add(MISSING, 20, 24);
    done.add(OTHER, 12, 30);
    Done read = Done.read(done.position(), done.metadata());
    assertThat(read.metadata()).isEqualTo(done.metadata());
    assertThat(read.contains(MISSING, 21)).isTrue();
    assertThat(read.contains(MISSING, 16)).isFalse();
    assertThat(Done.read(7, "").position()).isEqualTo(7);
  }

  @Test
  void metadataOfOthersIsRefused() {
    assertThatThrownBy(() -> Done.read(7, "AgAAA=="))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AgAAA==");
  }
}
