package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/// The definition of the layers that take steps, for one row, in double: what engine and graph are
/// compared with.
public final class PlainSequences {
  private PlainSequences() {}

  /// @param kernel [inputs x 4 units] in Keras' order i, f, c, o
  /// @param recurrent [units x 4 units]
  /// @param bias [4 units]
  public static double[] lstm(
      Lstm layer, double[] kernel, double[] recurrent, double[] bias, double[] x) {
    int units = layer.units();
    int inputs = layer.inputsPerStep();
    double[] h = new double[units];
    double[] cell = new double[units];
    double[] sequence = new double[layer.steps() * units];
    for (int step = 0; step < layer.steps(); step++) {
      double[] gates = bias.clone();
      for (int g = 0; g < gates.length; g++) {
        for (int i = 0; i < inputs; i++) {
          gates[g] += x[step * inputs + i] * kernel[i * gates.length + g];
        }
        for (int i = 0; i < units; i++) {
          gates[g] += h[i] * recurrent[i * gates.length + g];
        }
      }
      for (int u = 0; u < units; u++) {
        double kept = sigmoid(gates[units + u]) * cell[u];
        cell[u] = kept + sigmoid(gates[u]) * Math.tanh(gates[2 * units + u]);
        h[u] = sigmoid(gates[3 * units + u]) * Math.tanh(cell[u]);
      }
      System.arraycopy(h, 0, sequence, step * units, units);
    }
    return layer.sequence() ? sequence : h;
  }

  public static double[] repeat(Repeat layer, double[] x) {
    double[] y = new double[layer.outputs()];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i % x.length];
    }
    return y;
  }

  /// @param dense one step
  public static double[] steps(StepDense layer, UnaryOperator<double[]> dense, double[] x) {
    double[] y = new double[layer.outputs()];
    int inputs = layer.inputsPerStep();
    int outputs = layer.outputsPerStep();
    for (int step = 0; step < layer.steps(); step++) {
      double[] given = Arrays.copyOfRange(x, step * inputs, (step + 1) * inputs);
      System.arraycopy(dense.apply(given), 0, y, step * outputs, outputs);
    }
    return y;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
