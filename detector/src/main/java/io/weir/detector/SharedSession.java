package io.weir.detector;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;

/// One model in native memory for all threads, counted by its users: one session that only scores
/// and one that also explains.
///
/// `OrtSession.close()` has no lock: it frees the native session under a thread that is in `run()`.
/// So nobody closes the session; everybody lets go of it, and the last one frees it.
final class SharedSession {
  static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession scoring;
  private final OrtSession explaining;
  private int users = 1;

  private SharedSession(OrtSession scoring, OrtSession explaining) {
    this.scoring = scoring;
    this.explaining = explaining;
  }

  /// Sessions with one user, the caller.
  ///
  /// One intra-op thread that never spins: the networks are small and the threads that call are
  /// many, and the order of float additions must not depend on the machine's core count.
  ///
  /// @param score the model as far as it is needed for the score
  /// @param whole the model with all of its outputs
  /// @param cudaOrNull null for the CPU
  static SharedSession create(byte[] score, byte[] whole, ExecutionProvider.Cuda cudaOrNull)
      throws OrtException {
    try (SessionOptions options = new SessionOptions()) {
      if (cudaOrNull != null) {
        addCuda(options, cudaOrNull);
      }
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry("session.inter_op.allow_spinning", "0");
      options.setOptimizationLevel(OptLevel.ALL_OPT);
      OrtSession scoring = ENVIRONMENT.createSession(score, options);
      try {
        return new SharedSession(scoring, ENVIRONMENT.createSession(whole, options));
      } catch (OrtException e) {
        scoring.close();
        throw e;
      }
    }
  }

  /// TF32 would round the factors of products to 10 bits.
  private static void addCuda(SessionOptions options, ExecutionProvider.Cuda cuda)
      throws OrtException {
    try (OrtCUDAProviderOptions settings = new OrtCUDAProviderOptions(cuda.device())) {
      settings.add("use_tf32", "0");
      settings.add("arena_extend_strategy", "kSameAsRequested");
      if (cuda.memoryLimit().isPresent()) {
        settings.add("gpu_mem_limit", Long.toString(cuda.memoryLimit().getAsLong()));
      }
      options.addCUDA(settings);
    }
  }

  /// The session with the outputs of the score; valid for as long as the caller holds this.
  OrtSession scoring() {
    return scoring;
  }

  /// The session with all outputs; valid for as long as the caller holds this.
  OrtSession explaining() {
    return explaining;
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

  /// Gives one hold back; the last one frees the native sessions.
  synchronized void release() {
    if (users == 0) {
      throw new IllegalStateException("The session was released more often than acquired");
    }
    if (--users == 0) {
      try {
        scoring.close();
        explaining.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime could not free a session", e);
      }
    }
  }

  /// Whether the native sessions are freed.
  synchronized boolean isFreed() {
    return users == 0;
  }
}
