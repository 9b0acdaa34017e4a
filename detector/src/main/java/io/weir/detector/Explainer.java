package io.weir.detector;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// Asks the graph for all of its outputs, one row at a time: for the flagged events only, since the
/// explanation costs more than the score. Holds the detector's session until closed. Not
/// thread-safe.
public final class Explainer implements AutoCloseable {
  private final String origin;
  private final int features;
  private final int latents;
  private final FloatBuffer input;
  private final FloatBuffer score = Tensors.direct(1);
  private final FloatBuffer reconstructionLoss = Tensors.direct(1);
  private final FloatBuffer klDivergence = Tensors.direct(1);
  private final FloatBuffer expected;
  private final FloatBuffer contribution;
  private final FloatBuffer latent;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs = LinkedHashMap.newLinkedHashMap(6);
  private SharedSession held;

  Explainer(SharedSession session, String origin, int features, int latents) {
    this.origin = origin;
    this.features = features;
    this.latents = latents;
    this.input = Tensors.direct(features);
    this.expected = Tensors.direct(features);
    this.contribution = Tensors.direct(features);
    this.latent = Tensors.direct(latents);
    try {
      this.inputs = Map.of(Tensors.FEATURES, Tensors.view(input, 1, features));
      outputs.put(Tensors.SCORE, Tensors.view(score, 1));
      outputs.put(Tensors.RECONSTRUCTION_LOSS, Tensors.view(reconstructionLoss, 1));
      outputs.put(Tensors.KL_DIVERGENCE, Tensors.view(klDivergence, 1));
      outputs.put(Tensors.EXPECTED, Tensors.view(expected, 1, features));
      outputs.put(Tensors.CONTRIBUTION, Tensors.view(contribution, 1, features));
      outputs.put(Tensors.LATENT, Tensors.view(latent, 1, latents));
    } catch (OrtException e) {
      throw new ScoringFailedException(origin, 1, e);
    }
    this.held = session.acquire();
  }

  /// Explains one row.
  ///
  /// @param values raw feature values in the card's order and units, NaN where missing
  /// @param offset where the row starts in `values`
  /// @throws ScoringFailedException when ONNX Runtime fails
  public Explanation explain(float[] values, int offset) {
    if (held == null) {
      throw new IllegalStateException("The explainer is closed");
    }
    input.put(0, values, offset, features);
    try {
      held.explaining().run(inputs, outputs).close();
    } catch (OrtException e) {
      throw new ScoringFailedException(origin, 1, e);
    }
    return new Explanation(
        score.get(0),
        reconstructionLoss.get(0),
        klDivergence.get(0),
        copy(expected, features),
        copy(contribution, features),
        copy(latent, latents));
  }

  private static float[] copy(FloatBuffer from, int length) {
    float[] to = new float[length];
    from.get(0, to);
    return to;
  }

  /// Frees the tensors and lets go of the session. Further calls do nothing.
  @Override
  public void close() {
    if (held == null) {
      return;
    }
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    held.release();
    held = null;
  }
}
