package io.weir.detector.shap;

import java.util.function.ToDoubleFunction;

/// A function of rows that are a few numbers.
final class Toy implements RowFunction {
  private final int values;
  private final float[] rows;
  private final double[] results;
  private final ToDoubleFunction<float[]> formula;

  /// @param batch rows of a call
  Toy(int values, int batch, ToDoubleFunction<float[]> formula) {
    this.values = values;
    this.rows = new float[batch * values];
    this.results = new double[batch];
    this.formula = formula;
  }

  @Override
  public int maxRows() {
    return results.length;
  }

  @Override
  public float[] rows() {
    return rows;
  }

  @Override
  public void compute(int count) {
    float[] row = new float[values];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows, i * values, row, 0, values);
      results[i] = formula.applyAsDouble(row);
    }
  }

  @Override
  public double value(int row) {
    return results[row];
  }
}
