package io.weir.trainer.engine.network;

/// The weights of one dense layer in the plain layout that files and other frameworks use. A whole
/// network's weights are a list of these in the order of [NetworkSpec#layers()].
///
/// @param kernel [inputs x outputs], row-major: `kernel[i * outputs + o]`
/// @param bias [outputs]
public record DenseParameters(int inputs, int outputs, float[] kernel, float[] bias) {
  public DenseParameters {
    if (kernel.length != inputs * outputs || bias.length != outputs) {
      throw new IllegalArgumentException(
          "%d kernel and %d bias values do not fit a %d x %d layer"
              .formatted(kernel.length, bias.length, inputs, outputs));
    }
  }
}
