package io.weir.trainer.fit;

/// Decides whether all workers share the steps or the caller takes them alone, by trying both now
/// and then: sharing a small step can cost more than it saves, and on a busy machine a worker that
/// waits for a processor holds up the others. What a step computes does not depend on it.
final class Sharing {
  /// Steps of a trial, of each kind.
  static final int TRIAL = 24;

  /// Steps of a shared trial that are not timed: parked workers wake up.
  static final int WAKING = 4;

  static final int SHORTEST_RUN = 250;
  static final int LONGEST_RUN = 4_000;

  /// Steps between looks at whether shared steps are still faster than those of the trial alone;
  /// long enough for one interruption by another process not to decide.
  static final int LOOK = 256;

  private enum State {
    TRYING_ALONE,
    TRYING_SHARED,
    RUNNING
  }

  private final boolean possible;
  private State state = State.TRYING_ALONE;
  private boolean shared;
  private int steps;
  private long nanos;
  private long alone;
  private int run = SHORTEST_RUN;
  private int left;

  /// @param possible whether there is more than one worker
  Sharing(boolean possible) {
    this.possible = possible;
  }

  /// Whether the next step is shared.
  boolean shared() {
    return switch (state) {
      case TRYING_ALONE -> false;
      case TRYING_SHARED -> true;
      case RUNNING -> shared;
    };
  }

  /// Takes note of how long the step took.
  void stepTook(long stepNanos) {
    if (!possible) {
      return;
    }
    steps++;
    nanos += stepNanos;
    switch (state) {
      case TRYING_ALONE -> {
        if (steps == TRIAL) {
          alone = nanos;
          enter(State.TRYING_SHARED);
        }
      }
      case TRYING_SHARED -> {
        if (nanos > 2 * alone) {
          decide(false);
        } else if (steps == WAKING) {
          nanos = 0;
        } else if (steps == WAKING + TRIAL) {
          decide(nanos < alone);
        }
      }
      case RUNNING -> {
        left--;
        if (left == 0) {
          enter(State.TRYING_ALONE);
        } else if (steps == LOOK) {
          boolean slower = shared && nanos > alone * LOOK / TRIAL;
          enter(slower ? State.TRYING_ALONE : State.RUNNING);
        }
      }
    }
  }

  private void decide(boolean sharing) {
    run = sharing == shared ? Math.min(2 * run, LONGEST_RUN) : SHORTEST_RUN;
    left = run;
    shared = sharing;
    enter(State.RUNNING);
  }

  private void enter(State next) {
    state = next;
    steps = 0;
    nanos = 0;
  }
}
