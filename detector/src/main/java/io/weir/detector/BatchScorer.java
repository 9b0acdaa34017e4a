package io.weir.detector;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// Scores batches for one thread: fill [#features()], call [#scoreRows(int)], read the rows one by
/// one.
///
/// All memory is taken once: a direct input, three direct outputs that ONNX Runtime writes in
/// place, and one set of tensors per batch size that was ever used. Holds the detector's session
/// until closed, so that a retired detector outlives the batch that is running. Not thread-safe.
public final class BatchScorer implements AutoCloseable {
  private final String origin;
  private final int maxBatch;
  private final RowShape shape;
  private final float[] staging;
  private final FloatBuffer input;
  private final FloatBuffer score;
  private final FloatBuffer reconstructionLoss;
  private final FloatBuffer klDivergence;
  private final Binding[] bindings;
  private SharedSession held;
  private int scored;

  private record Binding(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {}

  BatchScorer(SharedSession session, String origin, RowShape shape, int maxBatch) {
    if (maxBatch < 1) {
      throw new IllegalArgumentException("maxBatch " + maxBatch + " must be at least 1");
    }
    this.origin = origin;
    this.maxBatch = maxBatch;
    this.shape = shape;
    int called = shape.called(maxBatch);
    this.staging = new float[Math.multiplyExact(maxBatch, shape.values())];
    this.input = Tensors.direct(Math.multiplyExact(called, shape.values()));
    this.score = Tensors.direct(called);
    this.reconstructionLoss = Tensors.direct(called);
    this.klDivergence = Tensors.direct(called);
    this.bindings = new Binding[called + 1];
    this.held = session.acquire();
  }

  /// The most rows of one call.
  public int maxBatch() {
    return maxBatch;
  }

  /// Raw feature values to be scored, [maxBatch x features] row-major in the card's order and
  /// units, NaN where missing; of windows [maxBatch x steps x features], the newest event last. The
  /// same array for the scorer's whole life; [#scoreRows(int)] leaves it as it is.
  public float[] features() {
    return staging;
  }

  /// Scores the first `rows` rows of [#features()].
  ///
  /// @param rows 1 to [#maxBatch()]; the bits of a row's score do not depend on it
  /// @throws ScoringFailedException when ONNX Runtime fails
  public void scoreRows(int rows) {
    if (rows < 1 || rows > maxBatch) {
      throw new IllegalArgumentException(
          "%d rows do not fit a scorer of 1 to %d".formatted(rows, maxBatch));
    }
    if (held == null) {
      throw new IllegalStateException("The scorer is closed");
    }
    scored = 0;
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
      held.scoring().run(binding.inputs, binding.outputs).close();
    } catch (OrtException e) {
      throw new ScoringFailedException(origin, rows, e);
    }
    scored = rows;
  }

  /// What is compared with the threshold, for a row of the last batch. Never NaN: a row on which
  /// the network overflows scores infinity.
  public float score(int row) {
    return score.get(checked(row));
  }

  /// The first part of the score.
  public float reconstructionLoss(int row) {
    return reconstructionLoss.get(checked(row));
  }

  /// The second part of the score, before weighting; 0 for a plain autoencoder.
  public float klDivergence(int row) {
    return klDivergence.get(checked(row));
  }

  private int checked(int row) {
    if (row < 0 || row >= scored) {
      throw new IndexOutOfBoundsException(
          "Row %d of a batch of %d scored rows".formatted(row, scored));
    }
    return row;
  }

  private Binding bind(int rows) throws OrtException {
    Map<String, OnnxTensor> outputs = LinkedHashMap.newLinkedHashMap(3);
    outputs.put(Tensors.SCORE, Tensors.view(score, rows));
    outputs.put(Tensors.RECONSTRUCTION_LOSS, Tensors.view(reconstructionLoss, rows));
    outputs.put(Tensors.KL_DIVERGENCE, Tensors.view(klDivergence, rows));
    bindings[rows] =
        new Binding(Map.of(Tensors.FEATURES, Tensors.rows(input, rows, shape)), outputs);
    return bindings[rows];
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
    scored = 0;
  }
}
