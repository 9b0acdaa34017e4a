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
}
