package io.weir.trainer.fit.optimizer;

import io.weir.trainer.fit.optimizer.Optimizer.Adam;

/// The numbers of Adam's current step. Advanced by one thread, then read by all.
public final class AdamStep {
  private final Adam adam;
  private double power1 = 1;
  private double power2 = 1;
  private float step;

  public AdamStep(Adam adam) {
    this.adam = adam;
  }

  /// Goes to the next step, the first one before any update.
  public void advance() {
    power1 *= adam.beta1();
    power2 *= adam.beta2();
    step = (float) (adam.learningRate() * Math.sqrt(1 - power2) / (1 - power1));
  }

  float decay1() {
    return (float) (1 - adam.beta1());
  }

  float decay2() {
    return (float) (1 - adam.beta2());
  }

  float step() {
    return step;
  }

  float epsilon() {
    return (float) adam.epsilon();
  }
}
