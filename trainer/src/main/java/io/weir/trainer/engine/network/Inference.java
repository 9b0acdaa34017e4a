package io.weir.trainer.engine.network;

import io.weir.trainer.engine.kernel.KernelChoice;
import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.Layer.Pass;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.network.Network.Latent;
import io.weir.trainer.engine.network.Network.Output;
import java.util.List;

/// The deterministic forward pass of a trained network over many rows: z is the mean. A row's
/// outputs do not depend on the rows around it. One instance per thread.
public final class Inference {
  private static final int ROWS_AT_ONCE = 256;

  /// As many as are expected where nothing was trained before.
  private static final int FEW_ROWS = 10_000;

  private final Network network;
  private final BatchBuffers buffers;

  /// What a network gives for some rows, row-major.
  ///
  /// @param reconstruction [rows x columns]
  /// @param latentMean [rows x latent]; the latent itself for plain autoencoders
  /// @param latentLogVariance [rows x latent]; empty for plain autoencoders
  /// @param outputLogVariance [rows x columns]; empty where it is not learned
  public record Outputs(
      int rows,
      float[] reconstruction,
      float[] latentMean,
      float[] latentLogVariance,
      float[] outputLogVariance) {}

  /// @param parameters in the order of [NetworkSpec#layers]
  public Inference(NetworkSpec spec, List<LayerParameters> parameters) {
    this(spec, parameters, KernelChoice.forWork(2.0 * spec.multiplications() * FEW_ROWS));
  }

  public Inference(NetworkSpec spec, List<LayerParameters> parameters, Kernels kernels) {
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
    float[] logVariance = new float[spec.variational().isPresent() ? mean.length : 0];
    float[] outputLogVariance = new float[spec.outputLogVariance().isPresent() ? inputs.length : 0];
    for (int first = 0; first < rows; first += ROWS_AT_ONCE) {
      int count = Math.min(ROWS_AT_ONCE, rows - first);
      pad(inputs, first, count, columns, buffers.inputs);
      network.forward(buffers, 0, count, Latent.MEAN, Output.ACTIVATED, Pass.SCORING);
      crop(buffers.outputs(), first, count, columns, reconstruction);
      crop(buffers.latent, first, count, latent, mean);
      if (logVariance.length > 0) {
        crop(buffers.logVariance.output(), first, count, latent, logVariance);
      }
      if (outputLogVariance.length > 0) {
        crop(buffers.outputLogVariance.output(), first, count, columns, outputLogVariance);
      }
    }
    return new Outputs(rows, reconstruction, mean, logVariance, outputLogVariance);
  }

  /// What the classifier makes of its inputs.
  ///
  /// @param inputs [rows x columns of the classifier], row-major
  /// @return [rows] probabilities
  public float[] classify(float[] inputs) {
    NetworkSpec spec = network.spec();
    int columns = spec.classifier().orElseThrow().input().columns(spec);
    float[] probabilities = new float[inputs.length / columns];
    for (int first = 0; first < probabilities.length; first += ROWS_AT_ONCE) {
      int count = Math.min(ROWS_AT_ONCE, probabilities.length - first);
      pad(inputs, first, count, columns, buffers.classifierInput());
      network.classify(buffers, 0, count, Output.ACTIVATED, Pass.SCORING);
      crop(buffers.probability().output(), first, count, 1, probabilities);
    }
    return probabilities;
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
