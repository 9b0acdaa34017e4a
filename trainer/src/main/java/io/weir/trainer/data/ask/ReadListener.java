package io.weir.trainer.data.ask;

/// Whoever watches rows being read. Called from the reading thread.
public interface ReadListener {
  /// Nobody.
  ReadListener NONE = (stage, rows, of) -> {};

  /// What the reader is at; the order is that of the stages.
  enum Stage {
    /// Finds the columns and their types.
    OPENING,
    /// Filters the rows and looks at what the columns hold.
    COUNTING,
    /// Loads the values.
    LOADING
  }

  /// A stage began or went on.
  ///
  /// @param rows of this stage so far
  /// @param of all of them; 0 where that is not known
  void at(Stage stage, long rows, long of);
}
