package io.weir.trainer.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.random.RandomStream;
import io.weir.trainer.engine.random.RandomStream.Purpose;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitializationTest {
  private static final int INPUTS = 400;
  private static final int OUTPUTS = 200;

  private final float[] kernel = new float[INPUTS * OUTPUTS];
  private final float[] bias = new float[OUTPUTS];

  @Test
  void glorotIsUniformUpToItsLimitWithZeroBias() {
    draw(Initializer.GLOROT_UNIFORM);
    double limit = Math.sqrt(6.0 / 600);
    assertThat(largest(kernel)).isLessThanOrEqualTo(limit).isGreaterThan(0.999 * limit);
    assertThat(deviation(kernel)).isCloseTo(limit / Math.sqrt(3), within(0.01 * limit));
    assertThat(bias).containsOnly(0f);
  }

  @Test
  void heNormalIsTruncatedAtTwoSigmaBeforeItIsRescaled() {
    draw(Initializer.HE_NORMAL);
    double wanted = Math.sqrt(2.0 / INPUTS);
    assertThat(deviation(kernel)).isCloseTo(wanted, within(0.01 * wanted));
    double cut = 2 * wanted / 0.87962566103423978;
    assertThat(largest(kernel)).isLessThanOrEqualTo(cut * 1.000001).isGreaterThan(0.99 * cut);
    assertThat(bias).containsOnly(0f);
  }

  @Test
  void fanInUniformFillsKernelAndBias() {
    draw(Initializer.FAN_IN_UNIFORM);
    assertThat(largest(kernel)).isLessThanOrEqualTo(0.05).isGreaterThan(0.0499);
    assertThat(largest(bias)).isLessThanOrEqualTo(0.05).isGreaterThan(0.045);
  }

  private void draw(Initializer initializer) {
    RandomStream random = new RandomStream(1, Purpose.WEIGHTS, 0);
    Initialization.draw(initializer, INPUTS, OUTPUTS, random, kernel, bias);
  }

  @Test
  void anLstmStartsAsKerasDoes() {
    int inputs = 28;
    int units = 40;
    LayerParameters drawn =
        Initialization.draw(
            new Lstm(3, inputs, units, false), new RandomStream(1, Purpose.WEIGHTS, 0));
    LayerParameters.OfLstm lstm = (LayerParameters.OfLstm) drawn;
    double limit = Math.sqrt(6.0 / (inputs + 4 * units));
    assertThat(largest(lstm.kernel())).isLessThanOrEqualTo(limit).isGreaterThan(0.99 * limit);
    for (int gate = 0; gate < 4; gate++) {
      float[] bias = Arrays.copyOfRange(lstm.bias(), gate * units, (gate + 1) * units);
      assertThat(bias).as("bias of gate %d", gate).containsOnly(gate == 1 ? 1f : 0f);
    }
    for (int a = 0; a < units; a++) {
      for (int b = 0; b < units; b++) {
        double dot = 0;
        for (int c = 0; c < 4 * units; c++) {
          dot += (double) lstm.recurrent()[a * 4 * units + c] * lstm.recurrent()[b * 4 * units + c];
        }
        assertThat(dot).as("rows %d and %d", a, b).isCloseTo(a == b ? 1 : 0, within(1e-6));
      }
    }
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float v : values) {
      largest = Math.max(largest, Math.abs(v));
    }
    return largest;
  }

  private static double deviation(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float v : values) {
      sum += v;
      squares += (double) v * v;
    }
    double mean = sum / values.length;
    return Math.sqrt(squares / values.length - mean * mean);
  }
}
