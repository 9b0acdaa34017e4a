package io.weir.trainer.engine.layer;

/// What a layer is, without its weights. A closed choice: forward, backward, ONNX export, parameter
/// count and summary switch over it without `default`, so none of them can forget a newcomer.
public sealed interface LayerSpec {
  /// Columns of the layer's input.
  int inputs();

  /// Columns of the layer's output.
  int outputs();

  /// Number of trainable parameters.
  long parameters();

  /// Number of parameters that training tracks, but not by gradients.
  default long trackedParameters() {
    return 0;
  }

  /// `activation(x W + b)`: x is [rows x inputs], W [inputs x outputs], b [outputs].
  record Dense(int inputs, int outputs, Activation activation, Initializer initializer)
      implements LayerSpec {
    public Dense {
      if (inputs < 1 || outputs < 1) {
        throw new IllegalArgumentException(
            "A dense layer of " + inputs + " x " + outputs + ": both sizes must be at least 1");
      }
    }

    @Override
    public long parameters() {
      return (long) inputs * outputs + outputs;
    }
  }

  /// Batch normalisation (Ioffe and Szegedy, 2015) as Keras computes it: `activation(gamma (x -
  /// mean) / sqrt(variance + epsilon) + beta)`, per column. In training, mean and biased variance
  /// are those of the batch, and moving averages follow them: `moving = momentum moving + (1 -
  /// momentum) batch`; scoring uses the moving ones.
  ///
  /// @param momentum in [0, 1)
  /// @param epsilon above 0
  record BatchNorm(int columns, Activation activation, float momentum, float epsilon)
      implements LayerSpec {
    public BatchNorm {
      requireColumns(columns);
      if (!(momentum >= 0 && momentum < 1)) {
        throw new IllegalArgumentException(
            "batch normalisation momentum " + momentum + " is not in [0, 1)");
      }
      if (!(epsilon > 0 && epsilon < 1)) {
        throw new IllegalArgumentException(
            "batch normalisation epsilon " + epsilon + " is not in (0, 1)");
      }
    }

    /// Keras' defaults: momentum 0.99, epsilon 1e-3.
    public static BatchNorm keras(int columns, Activation activation) {
      return new BatchNorm(columns, activation, 0.99f, 1e-3f);
    }

    @Override
    public int inputs() {
      return columns;
    }

    @Override
    public int outputs() {
      return columns;
    }

    @Override
    public long parameters() {
      return 2L * columns;
    }

    @Override
    public long trackedParameters() {
      return 2L * columns;
    }
  }

  /// Dropout (Srivastava et al., 2014), inverted: training sets each value to 0 with probability
  /// `rate` and divides the others by `1 - rate`; scoring passes everything on.
  ///
  /// @param rate in [0, 1)
  record Dropout(int columns, float rate) implements LayerSpec {
    public Dropout {
      requireColumns(columns);
      if (!(rate >= 0 && rate < 1)) {
        throw new IllegalArgumentException("dropout rate " + rate + " is not in [0, 1)");
      }
    }

    @Override
    public int inputs() {
      return columns;
    }

    @Override
    public int outputs() {
      return columns;
    }

    @Override
    public long parameters() {
      return 0;
    }
  }

  private static void requireColumns(int columns) {
    if (columns < 1) {
      throw new IllegalArgumentException("A layer of " + columns + " columns: at least 1 needed");
    }
  }
}
