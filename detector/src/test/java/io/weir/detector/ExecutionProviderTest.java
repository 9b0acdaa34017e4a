package io.weir.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Asking for a GPU, on a machine without one or with a build without CUDA.
class ExecutionProviderTest {
  private static final ExecutionProvider.Cuda CUDA =
      new ExecutionProvider.Cuda(0, OptionalLong.empty());
  private final byte[] model = new HandBuiltModel(3).bytes();

  @Test
  void withoutAWishItIsTheCpu() throws Exception {
    try (Detector detector = Detector.open(model, "memory")) {
      assertThat(detector.provider()).isEqualTo(new ExecutionProvider.Cpu());
    }
  }

  @Test
  void cudaThatDoesNotWorkIsRefusedWithReasonAndCure() {
    assumeThat(works()).as("CUDA works here, so nothing is refused").isFalse();
    assertThatThrownBy(() -> Detector.open(model, "memory", CUDA))
        .isInstanceOf(DetectorRefusedException.class)
        .hasMessageStartingWith("Model memory refused: CUDA device 0: ")
        .hasMessageContaining("weir.onnx.provider=cpu");
  }

  @Test
  void autoTakesTheCpuWhereCudaDoesNotWork() throws Exception {
    assumeThat(works()).as("CUDA works here, so auto takes it").isFalse();
    try (Detector detector = Detector.open(model, "memory", new ExecutionProvider.Auto(CUDA));
        BatchScorer scorer = detector.scorer(4)) {
      assertThat(detector.provider()).isEqualTo(new ExecutionProvider.Cpu());
      scorer.scoreRows(4);
    }
  }

  @Test
  void aModelThatIsNoneIsRefusedByAutoAsByTheCpu() {
    assertThatThrownBy(
            () -> Detector.open(new byte[] {1, 2}, "junk", new ExecutionProvider.Auto(CUDA)))
        .isInstanceOf(DetectorRefusedException.class)
        .hasMessageStartingWith("Model junk refused: ONNX Runtime");
  }

  @Test
  void numbersThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExecutionProvider.Cuda(-1, OptionalLong.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExecutionProvider.Cuda(0, OptionalLong.of(0)));
  }

  private boolean works() {
    try {
      Detector.open(model, "memory", CUDA).close();
      return true;
    } catch (DetectorRefusedException e) {
      return false;
    }
  }
}
