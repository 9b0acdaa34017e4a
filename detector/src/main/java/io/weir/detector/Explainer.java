package io.weir.detector;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// Asks the graph for all of its outputs: for the flagged events only, since the explanation costs
/// more than the score. Flagged events that are at hand together are explained in one call: a call
/// costs some 16 us, a further row of it well below one.
///
/// Memory and tensors are kept as in [BatchScorer]. Holds the detector's session until closed. Not
/// thread-safe.
public final class Explainer implements AutoCloseable {
  private final String origin;
  private final int maxBatch;
  private final RowShape shape;
  private final int latents;
  private final float[] staging;
  private final FloatBuffer input;
  private final FloatBuffer score;
  private final FloatBuffer reconstructionLoss;
  private final FloatBuffer klDivergence;
  private final FloatBuffer expected;
  private final FloatBuffer contribution;
  private final FloatBuffer latent;
  private final Binding[] bindings;
  private SharedSession held;
  private int explained;

  private record Binding(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {}

  Explainer(SharedSession session, String origin, RowShape shape, int latents, int maxBatch) {
    if (maxBatch < 1) {
      throw new IllegalArgumentException("maxBatch " + maxBatch + " must be at least 1");
    }
    this.origin = origin;
    this.maxBatch = maxBatch;
    this.shape = shape;
    this.latents = latents;
    int called = shape.called(maxBatch);
    int values = Math.multiplyExact(called, shape.values());
    this.staging = new float[Math.multiplyExact(maxBatch, shape.values())];
    this.input = Tensors.direct(values);
    this.score = Tensors.direct(called);
    this.reconstructionLoss = Tensors.direct(called);
    this.klDivergence = Tensors.direct(called);
    this.expected = Tensors.direct(values);
    this.contribution = Tensors.direct(values);
    this.latent = Tensors.direct(Math.multiplyExact(called, latents));
    this.bindings = new Binding[called + 1];
    this.held = session.acquire();
  }

  /// The most rows of one call.
  public int maxBatch() {
    return maxBatch;
  }

  /// Raw feature values to be explained, [maxBatch x features] row-major in the card's order and
  /// units, NaN where missing; of windows [maxBatch x steps x features], the newest event last. The
  /// same array for the explainer's whole life.
  public float[] features() {
    return staging;
  }

  /// Explains the first `rows` rows of [#features()].
  ///
  /// @param rows 1 to [#maxBatch()]; the bits of a row's explanation do not depend on it
  /// @throws ScoringFailedException when ONNX Runtime fails
  public void explainRows(int rows) {
    if (rows < 1 || rows > maxBatch) {
      throw new IllegalArgumentException(
          "%d rows do not fit an explainer of 1 to %d".formatted(rows, maxBatch));
    }
    if (held == null) {
      throw new IllegalStateException("The explainer is closed");
    }
    explained = 0;
    input.put(0, staging, 0, rows * shape.values());
    int called = shape.called(rows);
    for (int row = rows; row < called; row++) {
      input.put(row * shape.values(), staging, 0, shape.values());
    }
    try {
      Binding binding = bindings[called];
      if (binding == null) {
        binding = bind(called);
      }
      held.explaining().run(binding.inputs, binding.outputs).close();
    } catch (OrtException e) {
      throw new ScoringFailedException(origin, rows, e);
    }
    explained = rows;
  }

  /// The explanation of a row of the last call.
  public Explanation explanation(int row) {
    if (row < 0 || row >= explained) {
      throw new IndexOutOfBoundsException(
          "Row %d of a batch of %d explained rows".formatted(row, explained));
    }
    return new Explanation(
        score.get(row),
        reconstructionLoss.get(row),
        klDivergence.get(row),
        copy(expected, row, shape.values()),
        copy(contribution, row, shape.values()),
        copy(latent, row, latents));
  }

  /// One value of what the model expects for a row of the last call, in its raw unit; without the
  /// copies of [#explanation].
  ///
  /// @param value its place in a row, 0 to features, of a window to steps x features (exclusive)
  public float expected(int row, int value) {
    if (row < 0 || row >= explained || value < 0 || value >= shape.values()) {
      throw new IndexOutOfBoundsException(
          "Value %d of row %d of a batch of %d explained rows".formatted(value, row, explained));
    }
    return expected.get(row * shape.values() + value);
  }

  /// Explains one row.
  ///
  /// @param values raw feature values in the card's order and units, NaN where missing
  /// @param offset where the row starts in `values`
  /// @throws ScoringFailedException when ONNX Runtime fails
  public Explanation explain(float[] values, int offset) {
    System.arraycopy(values, offset, staging, 0, shape.values());
    explainRows(1);
    return explanation(0);
  }

  private Binding bind(int rows) throws OrtException {
    Map<String, OnnxTensor> outputs = LinkedHashMap.newLinkedHashMap(6);
    outputs.put(Tensors.SCORE, Tensors.view(score, rows));
    outputs.put(Tensors.RECONSTRUCTION_LOSS, Tensors.view(reconstructionLoss, rows));
    outputs.put(Tensors.KL_DIVERGENCE, Tensors.view(klDivergence, rows));
    outputs.put(Tensors.EXPECTED, Tensors.rows(expected, rows, shape));
    outputs.put(Tensors.CONTRIBUTION, Tensors.rows(contribution, rows, shape));
    outputs.put(Tensors.LATENT, Tensors.view(latent, rows, latents));
    bindings[rows] =
        new Binding(Map.of(Tensors.FEATURES, Tensors.rows(input, rows, shape)), outputs);
    return bindings[rows];
  }

  private static float[] copy(FloatBuffer from, int row, int length) {
    float[] to = new float[length];
    from.get(row * length, to);
    return to;
  }

  /// Frees the tensors and lets go of the session. Further calls do nothing.
  @Override
  public void close() {
    if (held == null) {
      return;
    }
    for (Binding binding : bindings) {
      if (binding != null) {
        binding.inputs.values().forEach(OnnxTensor::close);
        binding.outputs.values().forEach(OnnxTensor::close);
      }
    }
    held.release();
    held = null;
    explained = 0;
  }
}
