package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;

/// Dropout: multiplies by factors that whoever trains has put into the buffer.
public final class DropoutLayer implements Layer {
  private final Dropout spec;
  private final int width;

  public DropoutLayer(Dropout spec) {
    this.spec = spec;
    width = Panels.padded(spec.columns());
  }

  @Override
  public Dropout spec() {
    return spec;
  }

  @Override
  public int inputWidth() {
    return width;
  }

  @Override
  public int outputWidth() {
    return width;
  }

  @Override
  public boolean couplesRows() {
    return false;
  }

  @Override
  public void forward(float[] x, LayerBuffer buffer, int from, int to, Pass pass) {
    switch (pass) {
      case SCORING ->
          System.arraycopy(x, from * width, buffer.output(), from * width, (to - from) * width);
      case TRAINING -> multiply(x, buffer.kept(), buffer.output(), from, to);
    }
  }

  @Override
  public void backward(LayerBuffer buffer, float[] dx, int from, int to) {
    if (dx != null) {
      multiply(buffer.gradient(), buffer.kept(), dx, from, to);
    }
  }

  private void multiply(float[] values, float[] factors, float[] products, int from, int to) {
    for (int i = from * width; i < to * width; i++) {
      products[i] = values[i] * factors[i];
    }
  }

  @Override
  public LayerParameters parameters() {
    return new LayerParameters.OfDropout();
  }

  @Override
  public void load(LayerParameters parameters) {
    if (!parameters.fit(spec)) {
      throw new IllegalArgumentException("Weights of " + parameters + " do not fit dropout");
    }
  }
}
