package io.weir.trainer.grid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Files that are there as a whole or not at all, whenever a process is killed.
final class WholeFile {
  private WholeFile() {}

  static void write(Path file, String content) throws IOException {
    Path beside = file.resolveSibling("." + file.getFileName() + ".tmp");
    Files.writeString(beside, content);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
