package io.weir.benchmarks.training;

import java.net.URISyntaxException;
import java.nio.file.Path;

/// Where the scripts of the peers are, and what runs them.
final class PythonScripts {
  /// Names the interpreter whose packages are measured.
  static final String INTERPRETER = "WEIR_PEERS_PYTHON";

  private PythonScripts() {}

  static String interpreter() {
    return System.getenv().getOrDefault(INTERPRETER, "python3");
  }

  /// A file below `benchmarks/python`, found from where this class was loaded.
  static String path(String first, String... more) {
    try {
      Path classes =
          Path.of(PythonScripts.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path module = classes.getParent().getParent();
      return module.resolve("python").resolve(Path.of(first, more)).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
