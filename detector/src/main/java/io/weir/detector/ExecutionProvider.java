package io.weir.detector;

import java.util.OptionalLong;

/// Where ONNX Runtime computes (its word for it).
///
/// The CPU gives the same bits at any batch size. On a GPU the last bits depend on the batch size
/// and on the card: they agree with the CPU's within a relative 1e-4.
public sealed interface ExecutionProvider {
  /// The CPU, one thread per call.
  record Cpu() implements ExecutionProvider {
    @Override
    public String toString() {
      return "CPU";
    }
  }

  /// An NVIDIA GPU. Needs the `onnxruntime_gpu` artifact, CUDA 12 and cuDNN 9.
  ///
  /// @param device its number, from 0
  /// @param memoryLimit most bytes that ONNX Runtime's arena takes for one session, of which a
  ///   detector has two; empty for no limit. cuBLAS and cuDNN take more beside it
  record Cuda(int device, OptionalLong memoryLimit) implements ExecutionProvider {
    /// @throws IllegalArgumentException when one of them is not positive; a device may be 0
    public Cuda {
      if (device < 0) {
        throw new IllegalArgumentException("The device " + device + " must not be negative");
      }
      if (memoryLimit.orElse(1) < 1) {
        throw new IllegalArgumentException(
            "The memory limit " + memoryLimit.getAsLong() + " must be positive");
      }
    }

    @Override
    public String toString() {
      return "CUDA device " + device;
    }
  }

  /// The GPU if it works, else the CPU, with a warning that says why.
  ///
  /// @param preferred what is tried first
  record Auto(Cuda preferred) implements ExecutionProvider {}
}
