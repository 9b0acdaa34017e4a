package io.weir.benchmarks.training;

import java.nio.file.Path;
import java.util.List;

/// A way to train: what it is called and how its process is started.
enum Engine {
  WEIR("Weir", null, null, true),
  TORCH_EAGER("PyTorch eager", "torch_peer.py", "eager", true),
  TORCH_COMPILE("torch.compile", "torch_peer.py", "compile", true),
  TORCH_COMPILE_STEP("torch.compile, Adam too", "torch_peer.py", "compile-step", true),
  TENSORFLOW_GRAPH("TensorFlow graph", "tensorflow_peer.py", "graph", true),
  TENSORFLOW_XLA("TensorFlow XLA", "tensorflow_peer.py", "xla", true),
  TENSORFLOW_XLA_LOOP("XLA, the loop too", "tensorflow_peer.py", "xla-loop", false);

  private final String label;
  private final String script;
  private final String mode;
  private final boolean usual;

  Engine(String label, String script, String mode, boolean usual) {
    this.label = label;
    this.script = script;
    this.mode = mode;
    this.usual = usual;
  }

  String label() {
    return label;
  }

  /// Whether a compiled call learns one batch, as in any training that looks at its losses. The
  /// others compile many steps together, which is as far as these frameworks can be taken.
  boolean usual() {
    return usual;
  }

  /// @param folder of the case's files
  List<String> command(TrainingCase c, Path folder, int threads) {
    if (this == WEIR) {
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "--add-modules",
          "jdk.incubator.vector",
          "-cp",
          System.getProperty("java.class.path"),
          TrainingWorker.class.getName(),
          c.name(),
          Integer.toString(threads));
    }
    return List.of(
        PythonScripts.interpreter(),
        PythonScripts.path("training_peers", script),
        folder.toString(),
        mode,
        Integer.toString(threads));
  }
}
