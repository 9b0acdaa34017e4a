package io.weir.trainer.engine.network;

import io.weir.trainer.engine.kernel.KernelChoice;
import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.network.Network.Latent;
import io.weir.trainer.engine.network.Network.Output;
import java.util.List;

/// The deterministic forward pass of a trained network over many rows: z is the mean. A row's
/// outputs do not depend on the rows around it. One instance per thread.
public final class Inference {
  private static final int ROWS_AT_ONCE = 256;

  private final Network network;
  private final BatchBuffers buffers;

  /// What a network gives for some rows, row-major.
  ///
  /// @param reconstruction [rows x columns]
  /// @param latentMean [rows x latent]; the latent itself for plain autoencoders
  /// @param latentLogVariance [rows x latent]; empty for plain autoencoders
  public record Outputs(
      int rows, float[] reconstruction, float[] latentMean, float[] latentLogVariance) {}

  /// @param parameters in the order of [NetworkSpec#layers]
  public Inference(NetworkSpec spec, List<DenseParameters> parameters) {
    this(spec, parameters, KernelChoice.chosen());
  }

  public Inference(NetworkSpec spec, List<DenseParameters> parameters, Kernels kernels) {
    network = new Network(spec, kernels);
    network.load(parameters);
    buffers = new BatchBuffers(spec, ROWS_AT_ONCE, false);
  }

  /// @param inputs [rows x columns], row-major, preprocessed
  /// @throws IllegalArgumentException if the length is not a number of rows
  public Outputs run(float[] inputs) {
    NetworkSpec spec = network.spec();
    int columns = spec.inputs();
    if (inputs.length % columns != 0) {
      throw new IllegalArgumentException(
          "%d values are not rows of %d columns".formatted(inputs.length, columns));
    }
    int rows = inputs.length / columns;
    int latent = spec.latent();
    float[] reconstruction = new float[inputs.length];
    float[] mean = new float[Math.multiplyExact(rows, latent)];
    float[] logVariance =
        switch (spec) {
          case NetworkSpec.Autoencoder _ -> new float[0];
          case NetworkSpec.Vae _ -> new float[mean.length];
        };
    for (int first = 0; first < rows; first += ROWS_AT_ONCE) {
      int count = Math.min(ROWS_AT_ONCE, rows - first);
      pad(inputs, first, count, columns, buffers.inputs);
      network.forward(buffers, 0, count, Latent.MEAN, Output.ACTIVATED);
      crop(buffers.outputs(), first, count, columns, reconstruction);
      crop(buffers.latent, first, count, latent, mean);
      if (logVariance.length > 0) {
        crop(buffers.logVariance, first, count, latent, logVariance);
      }
    }
    return new Outputs(rows, reconstruction, mean, logVariance);
  }

  private static void pad(float[] from, int first, int count, int columns, float[] to) {
    int width = Panels.padded(columns);
    for (int r = 0; r < count; r++) {
      System.arraycopy(from, (first + r) * columns, to, r * width, columns);
    }
  }

  private static void crop(float[] from, int first, int count, int columns, float[] to) {
    int width = Panels.padded(columns);
    for (int r = 0; r < count; r++) {
      System.arraycopy(from, r * width, to, (first + r) * columns, columns);
    }
  }
}
