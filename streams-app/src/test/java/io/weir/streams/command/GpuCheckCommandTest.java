package io.weir.streams.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.detector.Detector;
import io.weir.streams.fixture.TinyModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GpuCheckCommandTest {
  @TempDir Path directory;

  private final StringWriter said = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new GpuCheckCommand())
        .setOut(new PrintWriter(said, true))
        .setErr(new PrintWriter(said, true))
        .execute(arguments);
  }

  @Test
  void anImpossibleDeviceIsRefusedWithoutAStackTrace() {
    String model = TinyModel.write(directory).toString();
    assertThat(run("--model", model, "--device", "4096")).as(said::toString).isEqualTo(1);
    assertThat(said.toString()).contains("CUDA").doesNotContain("\tat ");
  }

  @Test
  void aModelThatIsNotThereIsRefused() {
    assertThat(run("--model", directory.resolve("absent.onnx").toString())).isEqualTo(1);
    assertThat(said.toString()).contains("absent.onnx").doesNotContain("\tat ");
  }

  @Test
  void wrongOptionsAreWrongUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("--model", "m.onnx", "--batches", "0")).isEqualTo(2);
    assertThat(run("--model", "m.onnx", "--device", "-1")).isEqualTo(2);
  }

  @Test
  void rowsHaveTheValuesOfGoldenVectorsAndAreTheSameAgain() throws Exception {
    try (Detector detector = Detector.open(TinyModel.write(directory))) {
      float[] rows = GpuCheckCommand.rows(detector.card(), 50);
      assertThat(rows).hasSize(50 * 5).isEqualTo(GpuCheckCommand.rows(detector.card(), 50));
      assertThat(new float[] {rows[0], rows[5], rows[10]}).containsAnyOf(20, 500);
    }
  }

  @Test
  void deviationsAreRelativeToTheCpu() {
    assertThat(GpuCheckCommand.deviation(new float[] {2, 100}, new float[] {2, 101}))
        .isEqualTo(0.01);
    assertThat(
            GpuCheckCommand.deviation(
                new float[] {Float.POSITIVE_INFINITY}, new float[] {Float.POSITIVE_INFINITY}))
        .isZero();
    assertThat(GpuCheckCommand.deviation(new float[] {1}, new float[] {Float.NaN})).isInfinite();
  }
}
