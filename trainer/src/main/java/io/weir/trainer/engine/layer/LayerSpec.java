package io.weir.trainer.engine.layer;

/// What a layer is, without its weights. A closed choice: forward, backward, ONNX export, parameter
/// count and summary switch over it without `default`, so none of them can forget a newcomer.
///
/// A sequence is a flat row: the columns of its steps one after another.
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

  /// Multiplications with weights that a row costs.
  default long multiplications() {
    return parameters();
  }

  /// A layer that a network may end in: it can be asked for its values before the activation.
  sealed interface Affine extends LayerSpec {
    Activation activation();
  }

  /// `activation(x W + b)`: x is [rows x inputs], W [inputs x outputs], b [outputs].
  record Dense(int inputs, int outputs, Activation activation, Initializer initializer)
      implements Affine {
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

  /// The same dense layer for every step of a sequence (Keras' `TimeDistributed(Dense)`):
  /// `activation(x_t W + b)` with x_t [rows x inputsPerStep], W [inputsPerStep x outputsPerStep].
  record StepDense(
      int steps,
      int inputsPerStep,
      int outputsPerStep,
      Activation activation,
      Initializer initializer)
      implements Affine {
    public StepDense {
      requireSteps(steps);
      requireColumns(inputsPerStep);
      requireColumns(outputsPerStep);
    }

    @Override
    public int inputs() {
      return Math.multiplyExact(steps, inputsPerStep);
    }

    @Override
    public int outputs() {
      return Math.multiplyExact(steps, outputsPerStep);
    }

    @Override
    public long parameters() {
      return (long) inputsPerStep * outputsPerStep + outputsPerStep;
    }

    @Override
    public long multiplications() {
      return steps * parameters();
    }
  }

  /// A long short-term memory (Hochreiter and Schmidhuber, 1997) as Keras computes it, from a state
  /// of zeros: with the gates `i, f, c, o = x_t W + h_(t-1) U + b`, `units` columns each,
  ///
  ///     cell_t = sigmoid(f) cell_(t-1) + sigmoid(i) tanh(c)
  ///     h_t = sigmoid(o) tanh(cell_t)
  ///
  /// @param sequence whether it gives h of every step, and not only of the last
  record Lstm(int steps, int inputsPerStep, int units, boolean sequence) implements LayerSpec {
    public Lstm {
      requireSteps(steps);
      requireColumns(inputsPerStep);
      requireColumns(units);
    }

    @Override
    public int inputs() {
      return Math.multiplyExact(steps, inputsPerStep);
    }

    @Override
    public int outputs() {
      return sequence ? Math.multiplyExact(steps, units) : units;
    }

    @Override
    public long parameters() {
      return 4L * units * (inputsPerStep + units + 1);
    }

    @Override
    public long multiplications() {
      return steps * parameters();
    }
  }

  /// A sequence that repeats its input at every step, such as a latent for the LSTM that decodes it
  /// (Keras' `RepeatVector`).
  record Repeat(int steps, int columns) implements LayerSpec {
    public Repeat {
      requireSteps(steps);
      requireColumns(columns);
    }

    @Override
    public int inputs() {
      return columns;
    }

    @Override
    public int outputs() {
      return Math.multiplyExact(steps, columns);
    }

    @Override
    public long parameters() {
      return 0;
    }
  }

  private static void requireSteps(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("A sequence of " + steps + " steps: at least 1 needed");
    }
  }

  private static void requireColumns(int columns) {
    if (columns < 1) {
      throw new IllegalArgumentException("A layer of " + columns + " columns: at least 1 needed");
    }
  }
}
