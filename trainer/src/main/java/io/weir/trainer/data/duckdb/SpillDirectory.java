package io.weir.trainer.data.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Where DuckDB writes what does not fit into its memory. DuckDB makes the directory when it needs
/// it; whatever is left of it is deleted on closing, and when Ctrl-C ends the process before.
final class SpillDirectory implements AutoCloseable {
  private final Path path;
  private final Thread atExit = new Thread(this::delete);

  private SpillDirectory(Path path) {
    this.path = path;
  }

  static SpillDirectory in(Path directory) {
    SpillDirectory spill = new SpillDirectory(directory.resolve("weir-" + UUID.randomUUID()));
    Runtime.getRuntime().addShutdownHook(spill.atExit);
    return spill;
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException _) {
      // The process is ending: the hook does it.
      return;
    }
    delete();
  }

  private void delete() {
    // DuckDB may still be writing when the process is told to end.
    for (int attempt = 0; attempt < 3 && Files.exists(path); attempt++) {
      try (Stream<Path> files = Files.walk(path)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.deleteIfExists(file);
        }
      } catch (NoSuchFileException _) {
        // DuckDB deleted it itself.
      } catch (IOException | UncheckedIOException e) {
        if (attempt == 2) {
          System.getLogger(SpillDirectory.class.getName())
              .log(System.Logger.Level.WARNING, "{0} is left behind: {1}", path, e.getMessage());
        }
      }
    }
  }
}
