package io.weir.benchmarks.kernel;

import java.util.List;

/// A dense layer and a batch, named rows x inputs x outputs.
///
/// @param rows of the batch
record ProductShape(int rows, int inputs, int outputs) {
  /// The layers of the training cases that take the most time.
  static final List<ProductShape> ALL =
      List.of(
          new ProductShape(32, 16, 20),
          new ProductShape(32, 10, 10),
          new ProductShape(256, 20, 10),
          new ProductShape(256, 64, 128),
          new ProductShape(256, 128, 64),
          new ProductShape(256, 64, 32),
          new ProductShape(128, 784, 400),
          new ProductShape(128, 400, 784),
          new ProductShape(128, 400, 20));

  static ProductShape parse(String text) {
    String[] sizes = text.split("x");
    return new ProductShape(
        Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2]));
  }

  /// Multiplications and additions, padding not counted.
  double flops() {
    return 2.0 * rows * inputs * outputs;
  }

  @Override
  public String toString() {
    return rows + "x" + inputs + "x" + outputs;
  }
}
