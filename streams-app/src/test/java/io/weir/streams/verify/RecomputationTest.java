package io.weir.streams.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.weir.detector.Detector;
import io.weir.detector.ExecutionProvider;
import io.weir.streams.fixture.TinyWindowModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecomputationTest {
  private static final float INFINITE = Float.POSITIVE_INFINITY;

  @TempDir private Path folder;

  @Test
  void withoutARuntimeTheEventsOfAPaddedWindowAreNotKnown() throws Exception {
    TinyWindowModel full = TinyWindowModel.of(4, null);
    try (Detector padded = open(full.padded());
        Detector plain = open(full)) {
      assertThat(new Recomputation(padded).events(receipt(1, ""))).isEmpty();
      assertThat(new Recomputation(padded).events(receipt(1, "ort"))).hasValue(1);
      assertThat(new Recomputation(plain).events(receipt(1, ""))).hasValue(4);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Recomputation(plain).events(receipt(1, "ort")))
          .withMessage("window_events = 1, but the model looks at 4");
    }
  }

  private Detector open(TinyWindowModel model) throws Exception {
    Path file = folder.resolve(model.window().padded() + ".onnx");
    return Detector.open(model.write(file), new ExecutionProvider.Cpu());
  }

  private static Receipt receipt(int windowEvents, String runtime) {
    return new Receipt("", "", "t", 0, 7, null, 5, "ab", 1, 1, 1, windowEvents, runtime);
  }

  @Test
  void valuesAreNearWithinTheToleranceOfTheLarger() {
    assertThat(Recomputation.isNear(100.0005f, 100, 1e-5)).isTrue();
    assertThat(Recomputation.isNear(100.01f, 100, 1e-5)).isFalse();
    assertThat(Recomputation.isNear(0.000_005f, 0, 1e-5)).isTrue();
    assertThat(Recomputation.isNear(1, Math.nextUp(1f), 0)).isFalse();
  }

  @Test
  void nothingIsNearToTheInfiniteOrToWhatIsNoNumber() {
    assertThat(Recomputation.isNear(1, INFINITE, 1e-5)).isFalse();
    assertThat(Recomputation.isNear(INFINITE, 1, 1e-5)).isFalse();
    assertThat(Recomputation.isNear(-INFINITE, INFINITE, 1e-5)).isFalse();
    assertThat(Recomputation.isNear(1, Float.NaN, 1e-5)).isFalse();
    assertThat(Recomputation.isNear(Float.NaN, 1, 1e-5)).isFalse();
  }
}
