package io.weir.trainer.data.bulk;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.weir.trainer.data.ask.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// Floats in a file that nobody has to clean up. Where the operating system can, its name is taken
/// away as soon as it is open, so that it is gone with the process however that ends, or before
/// when it is garbage. It is read and written in pieces and not mapped: a full disk is an error
/// message instead of a crash, and what is read does not count as the process's memory.
final class TemporaryFile {
  private static final int BUFFER_BYTES = 1 << 20;

  /// What must stay free for everybody else.
  private static final long SPARE = 256L << 20;

  private final Path directory;
  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());

  private TemporaryFile(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /// Makes an empty file.
  ///
  /// @param bytes how long it will be
  /// @throws DataException where the directory is none or has too little space left
  static TemporaryFile create(Path directory, long bytes) {
    if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
      throw new DataException(
          "%s is no directory to write to: rows that do not fit into memory wait there. State another one with --temp."
              .formatted(directory));
    }
    try {
      long free = Files.getFileStore(directory).getUsableSpace();
      if (free < bytes + SPARE) {
        throw new DataException(
            "The rows take %s in %s, where only %s are free: %s more are needed. State another directory with --temp, or fewer rows with --limit or --where."
                .formatted(
                    size(bytes), directory, size(free), size(Math.max(1, bytes + SPARE - free))));
      }
      // Deletion on closing: Linux and macOS take the name away right now.
      return new TemporaryFile(
          directory,
          FileChannel.open(
              directory.resolve("weir-" + UUID.randomUUID() + ".rows"),
              CREATE_NEW,
              READ,
              WRITE,
              DELETE_ON_CLOSE));
    } catch (IOException e) {
      throw failure("opened", directory, e);
    }
  }

  /// Adds the first values of an array to the end.
  synchronized void append(float[] values, int count) {
    try {
      for (int done = 0; done < count; ) {
        int some = Math.min(count - done, BUFFER_BYTES / Float.BYTES);
        buffer.clear();
        buffer.asFloatBuffer().put(values, done, some);
        buffer.limit(some * Float.BYTES);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        done += some;
      }
    } catch (IOException e) {
      throw failure("written", directory, e);
    }
  }

  /// Reads values.
  ///
  /// @param from the first value's position, counted in values
  synchronized void read(long from, float[] into, int at, int count) {
    try {
      for (int done = 0; done < count; ) {
        int some = Math.min(count - done, BUFFER_BYTES / Float.BYTES);
        buffer.clear().limit(some * Float.BYTES);
        long position = (from + done) * Float.BYTES;
        while (buffer.hasRemaining()) {
          if (channel.read(buffer, position + buffer.position()) < 0) {
            throw new EOFException("it ends early");
          }
        }
        buffer.flip().asFloatBuffer().get(into, at + done, some);
        done += some;
      }
    } catch (IOException e) {
      throw failure("read", directory, e);
    }
  }

  private static DataException failure(String what, Path directory, IOException e) {
    return new DataException(
        "A temporary file in %s cannot be %s: %s. State another directory with --temp."
            .formatted(directory, what, e.getMessage()),
        e);
  }

  private static String size(long bytes) {
    return bytes < 10L << 20 ? bytes + " bytes" : "%,d MiB".formatted((bytes >> 20) + 1);
  }
}
