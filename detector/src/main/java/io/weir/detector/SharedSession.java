package io.weir.detector;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;

/// One session for all threads, counted by its users.
///
/// `OrtSession.close()` has no lock: it frees the native session under a thread that is in `run()`.
/// So nobody closes the session; everybody lets go of it, and the last one frees it.
final class SharedSession {
  static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;
  private int users = 1;

  private SharedSession(OrtSession session) {
    this.session = session;
  }

  /// A session with one user, the caller.
  ///
  /// One intra-op thread that never spins: the networks are small and the threads that call are
  /// many, and the order of float additions must not depend on the machine's core count.
  static SharedSession create(byte[] model) throws OrtException {
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry("session.inter_op.allow_spinning", "0");
      options.setOptimizationLevel(OptLevel.ALL_OPT);
      return new SharedSession(ENVIRONMENT.createSession(model, options));
    }
  }

  /// The native session; valid for as long as the caller holds it.
  OrtSession session() {
    return session;
  }

  /// Takes one more hold.
  ///
  /// @throws IllegalStateException when the last holder has let go
  synchronized SharedSession acquire() {
    if (users == 0) {
      throw new IllegalStateException("The detector is closed and its last scorer has let go");
    }
    users++;
    return this;
  }

  /// Gives one hold back; the last one frees the native session.
  synchronized void release() {
    if (users == 0) {
      throw new IllegalStateException("The session was released more often than acquired");
    }
    if (--users == 0) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime could not free a session", e);
      }
    }
  }

  /// Whether the native session is freed.
  synchronized boolean isFreed() {
    return users == 0;
  }
}
