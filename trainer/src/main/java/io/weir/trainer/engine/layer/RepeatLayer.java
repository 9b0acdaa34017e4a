package io.weir.trainer.engine.layer;

import io.weir.trainer.engine.kernel.Panels;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;

/// A sequence of equal steps.
public final class RepeatLayer implements Layer {
  private final Repeat spec;
  private final int inputWidth;
  private final int outputWidth;

  public RepeatLayer(Repeat spec) {
    this.spec = spec;
    inputWidth = Panels.padded(spec.inputs());
    outputWidth = Panels.padded(spec.outputs());
  }

  @Override
  public Repeat spec() {
    return spec;
  }

  @Override
  public int inputWidth() {
    return inputWidth;
  }

  @Override
  public int outputWidth() {
    return outputWidth;
  }

  @Override
  public boolean couplesRows() {
    return false;
  }

  @Override
  public void forward(float[] x, LayerBuffer buffer, int from, int to, Pass pass) {
    float[] y = buffer.output();
    int columns = spec.columns();
    for (int r = from; r < to; r++) {
      for (int step = 0; step < spec.steps(); step++) {
        System.arraycopy(x, r * inputWidth, y, r * outputWidth + step * columns, columns);
      }
    }
  }

  @Override
  public void backward(LayerBuffer buffer, float[] dx, int from, int to) {
    if (dx == null) {
      return;
    }
    float[] dy = buffer.gradient();
    int columns = spec.columns();
    for (int r = from; r < to; r++) {
      System.arraycopy(dy, r * outputWidth, dx, r * inputWidth, columns);
      for (int step = 1; step < spec.steps(); step++) {
        int row = r * outputWidth + step * columns;
        for (int j = 0; j < columns; j++) {
          dx[r * inputWidth + j] += dy[row + j];
        }
      }
    }
  }

  @Override
  public LayerParameters parameters() {
    return new LayerParameters.OfRepeat();
  }

  @Override
  public void load(LayerParameters parameters) {
    if (!parameters.fit(spec)) {
      throw new IllegalArgumentException("Weights of " + parameters + " do not fit a repetition");
    }
  }
}
