package io.weir.trainer.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Replaces a file in one step: at any moment, and after any crash, its name stands for the whole
/// old content or the whole new one.
final class AtomicFile {
  private AtomicFile() {}

  /// What must hold of the new file before it takes the old one's place.
  interface Proof<E extends Exception> {
    void check(Path written) throws E;
  }

  /// Writes beside the target, forces it to the disk, lets it be proved, and moves it into place.
  ///
  /// @throws IOException when writing or moving fails; the target is as it was
  /// @throws E when the proof fails; the target is as it was
  static <E extends Exception> void write(Path target, byte[] content, Proof<E> proof)
      throws IOException, E {
    Path absolute = target.toAbsolutePath();
    Path beside =
        absolute.resolveSibling(
            ".%s.%d.tmp".formatted(absolute.getFileName(), ProcessHandle.current().pid()));
    try {
      try (FileChannel channel =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      proof.check(beside);
      Files.move(
          beside, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
    forceDirectory(absolute.getParent());
  }

  /// Makes the new name durable, where a directory can be opened at all.
  private static void forceDirectory(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
