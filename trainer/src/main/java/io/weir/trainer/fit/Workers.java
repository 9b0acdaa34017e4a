package io.weir.trainer.fit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A fixed team of threads, the caller being the first, that runs one job after another together. A
/// job is some microseconds long and the next one follows at once, so waiting members spin for a
/// moment before they park. Starting a job allocates nothing.
final class Workers implements AutoCloseable {
  /// A job that all members run at the same time, each with its own share.
  interface Job {
    /// @param worker in [0, workers)
    void run(int worker, int workers);
  }

  private static final int SPINS = 5_000;

  private final Member[] members;
  private final AtomicInteger running = new AtomicInteger();
  private Job job;
  private volatile int generation;
  private volatile boolean closed;
  private volatile Throwable failure;
  private volatile Thread waiting;

  /// @param workers including the caller
  Workers(int workers) {
    members = new Member[workers - 1];
    for (int i = 0; i < members.length; i++) {
      members[i] = new Member(i + 1);
      members[i].thread.start();
    }
  }

  int count() {
    return members.length + 1;
  }

  /// Returns when every member has run the job; what they wrote is visible to the caller, and what
  /// the caller wrote before is visible to them.
  ///
  /// @param shared otherwise the caller does it all
  void run(Job next, boolean shared) {
    if (members.length == 0 || !shared) {
      next.run(0, 1);
      return;
    }
    job = next;
    running.set(members.length);
    generation++;
    for (Member member : members) {
      if (member.parked) {
        LockSupport.unpark(member.thread);
      }
    }
    next.run(0, count());
    awaitMembers();
    if (failure != null) {
      throw new IllegalStateException("A training thread failed", failure);
    }
  }

  private void awaitMembers() {
    for (int spin = 0; running.get() > 0; spin++) {
      if (spin < SPINS) {
        Thread.onSpinWait();
      } else {
        waiting = Thread.currentThread();
        if (running.get() > 0) {
          LockSupport.park(this);
        }
        waiting = null;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Member member : members) {
      LockSupport.unpark(member.thread);
    }
  }

  private final class Member implements Runnable {
    private final int worker;
    private final Thread thread;
    private volatile boolean parked;

    private Member(int worker) {
      this.worker = worker;
      thread = Thread.ofPlatform().daemon().name("weir-fit-" + worker).unstarted(this);
    }

    @Override
    public void run() {
      int seen = 0;
      while (awaitJob(seen)) {
        seen++;
        try {
          job.run(worker, count());
        } catch (Throwable e) {
          failure = e;
        } finally {
          if (running.decrementAndGet() == 0) {
            LockSupport.unpark(waiting);
          }
        }
      }
    }

    private boolean awaitJob(int seen) {
      for (int spin = 0; generation == seen && !closed; spin++) {
        if (spin < SPINS) {
          Thread.onSpinWait();
        } else {
          parked = true;
          if (generation == seen && !closed) {
            LockSupport.park(this);
          }
          parked = false;
        }
      }
      return !closed;
    }
  }
}
