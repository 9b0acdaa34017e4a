package io.weir.trainer.fit;

/// Training is impossible; the message tells a user the value, the rule and the cure.
public abstract sealed class FitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private FitException(String message) {
    super(message);
  }

  /// The rows, the network or the objective cannot be trained together.
  public static final class Unsuitable extends FitException {
    private static final long serialVersionUID = 1L;

    public Unsuitable(String message) {
      super(message);
    }
  }

  /// The loss became infinite or not a number.
  public static final class Diverged extends FitException {
    private static final long serialVersionUID = 1L;
    private final int epoch;
    private final int step;
    private final double loss;

    public Diverged(int epoch, int step, double loss, double learningRate) {
      super(
          """
          The loss became %s in epoch %d, step %d: it must stay finite.
          Lower the learning rate (now %s), or check that the inputs are scaled.\
          """
              .formatted(loss, epoch, step, learningRate));
      this.epoch = epoch;
      this.step = step;
      this.loss = loss;
    }

    public int epoch() {
      return epoch;
    }

    public int step() {
      return step;
    }

    public double loss() {
      return loss;
    }
  }
}
