package io.weir.trainer.fit.optimizer;

/// The update of one layer's weights, in tiles that threads can share: each weight belongs to one.
public sealed interface WeightUpdate permits KernelUpdate, BatchNormUpdate {
  /// Number of tiles, at least 1.
  int tiles();

  /// Floats that [#update] needs to work in.
  int scratch();

  /// Updates the weights of one tile.
  ///
  /// @param rows of the batch
  /// @param scratch [#scratch] floats to work in
  void update(int tile, int rows, AdamStep adam, float[] scratch);
}
