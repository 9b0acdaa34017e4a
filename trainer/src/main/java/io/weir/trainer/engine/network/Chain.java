package io.weir.trainer.engine.network;

import io.weir.trainer.engine.kernel.Kernels;
import io.weir.trainer.engine.layer.AffineLayer;
import io.weir.trainer.engine.layer.BatchNormLayer;
import io.weir.trainer.engine.layer.DenseLayer;
import io.weir.trainer.engine.layer.DropoutLayer;
import io.weir.trainer.engine.layer.Layer;
import io.weir.trainer.engine.layer.Layer.Pass;
import io.weir.trainer.engine.layer.LayerBuffer;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LstmLayer;
import io.weir.trainer.engine.layer.RepeatLayer;
import io.weir.trainer.engine.layer.StepDenseLayer;
import io.weir.trainer.engine.network.Network.Output;
import java.util.List;

/// Layers one behind the other. Buffers: one per layer.
record Chain(List<Layer> layers) {
  static Chain of(List<LayerSpec> specs, Kernels kernels) {
    return new Chain(specs.stream().map(spec -> layer(spec, kernels)).toList());
  }

  /// A layer by itself.
  static AffineLayer affine(LayerSpec.Affine layer, Kernels kernels) {
    return (AffineLayer) layer(layer, kernels);
  }

  private static Layer layer(LayerSpec layer, Kernels kernels) {
    return switch (layer) {
      case LayerSpec.Dense dense -> new DenseLayer(dense, kernels);
      case LayerSpec.StepDense dense -> new StepDenseLayer(dense, kernels);
      case LayerSpec.Lstm lstm -> new LstmLayer(lstm, kernels);
      case LayerSpec.Repeat repeat -> new RepeatLayer(repeat);
      case LayerSpec.BatchNorm norm -> new BatchNormLayer(norm, kernels);
      case LayerSpec.Dropout dropout -> new DropoutLayer(dropout);
    };
  }

  int size() {
    return layers.size();
  }

  /// The last layer, which must be affine.
  AffineLayer last() {
    return (AffineLayer) layers.getLast();
  }

  /// Through the first `count` layers.
  ///
  /// @return what the last of them gave, the input if there is none
  float[] forward(LayerBuffer[] buffers, int count, float[] inputs, int from, int to, Pass pass) {
    float[] x = inputs;
    for (int i = 0; i < count; i++) {
      layers.get(i).forward(x, buffers[i], from, to, pass);
      x = buffers[i].output();
    }
    return x;
  }

  /// Through the last layer.
  void forwardLast(LayerBuffer[] buffers, float[] x, int from, int to, Output output, Pass pass) {
    LayerBuffer buffer = buffers[size() - 1];
    switch (output) {
      case ACTIVATED -> last().forward(x, buffer, from, to, pass);
      case LOGITS -> last().affine(x, buffer, from, to);
    }
  }

  /// Back through all layers.
  ///
  /// @param output what the last layer's gradient belongs to
  /// @param dx receives the gradient of the input; null where nobody needs it
  void backward(LayerBuffer[] buffers, Output output, float[] dx, int from, int to) {
    int last = size() - 1;
    activationGradient(buffers, output, from, to);
    float[] before = last == 0 ? dx : buffers[last - 1].gradient();
    last().inputGradient(buffers[last], before, from, to);
    backwardHidden(buffers, last, dx, from, to);
  }

  /// The last layer's gradient before its activation.
  void activationGradient(LayerBuffer[] buffers, Output output, int from, int to) {
    if (output == Output.ACTIVATED) {
      last().activationGradient(buffers[size() - 1], from, to);
    }
  }

  /// Back through the first `count` layers.
  void backwardHidden(LayerBuffer[] buffers, int count, float[] dx, int from, int to) {
    for (int i = count - 1; i >= 0; i--) {
      layers.get(i).backward(buffers[i], i == 0 ? dx : buffers[i - 1].gradient(), from, to);
    }
  }

  /// Adds where each layer's weight gradient comes from.
  ///
  /// @return what the last layer gave
  float[] gradients(LayerBuffer[] buffers, float[] inputs, List<LayerGradient> to) {
    float[] x = inputs;
    for (int i = 0; i < size(); i++) {
      to.add(new LayerGradient(layers.get(i), x, buffers[i]));
      x = buffers[i].output();
    }
    return x;
  }
}
