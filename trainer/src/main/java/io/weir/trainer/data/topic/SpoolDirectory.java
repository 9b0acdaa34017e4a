package io.weir.trainer.data.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.weir.trainer.data.ask.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the rows of a topic wait: a file for each partition and one with the state, for one
/// process at a time. For any number of threads.
final class SpoolDirectory implements AutoCloseable {
  private static final String STATE = "spool.state";
  private static final String LOCK = "spool.lock";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path path;
  private final boolean temporary;
  private final FileChannel lock;
  private SpoolState state;

  private SpoolDirectory(Path path, boolean temporary, FileChannel lock, SpoolState state) {
    this.path = path;
    this.temporary = temporary;
    this.lock = lock;
    this.state = state;
  }

  /// A directory that is there until this is closed.
  static SpoolDirectory temporary(Path parent) {
    try {
      return new SpoolDirectory(Files.createTempDirectory(parent, "weir-topic-"), true, null, null);
    } catch (IOException e) {
      throw new DataException(
          "%s is no directory to write to (%s): the records wait there. State another one with --temp"
              .formatted(parent, e.getMessage()),
          e);
    }
  }

  /// A directory that stays. It is made where it is missing; it is empty or holds a spool.
  ///
  /// @throws DataException where it holds something else, or another process uses it
  static SpoolDirectory kept(Path path) {
    FileChannel lock = null;
    try {
      Files.createDirectories(path);
      requireEmptyOrSpool(path);
      lock =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        throw new OverlappingFileLockException();
      }
      return new SpoolDirectory(path, false, lock, load(path.resolve(STATE)));
    } catch (OverlappingFileLockException e) {
      closeQuietly(lock);
      throw new DataException(
          "%s is in use by another process: wait for it, or name another directory with --spool"
              .formatted(path),
          e);
    } catch (IOException e) {
      closeQuietly(lock);
      throw new DataException(
          "%s cannot be used as a spool: %s. Name another directory with --spool"
              .formatted(path, e.getMessage()),
          e);
    } catch (DataException e) {
      closeQuietly(lock);
      throw e;
    }
  }

  private static void requireEmptyOrSpool(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      if (!names.isEmpty() && !names.contains(STATE) && !names.equals(List.of(LOCK))) {
        throw new DataException(
            "%s holds %s and no %s: it is no spool. Name a new or empty directory with --spool"
                .formatted(path, names.getFirst(), STATE));
      }
    }
  }

  private static SpoolState load(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      SpoolState state = JSON.readValue(file.toFile(), SpoolState.class);
      if (state.format() == SpoolState.FORMAT) {
        return state;
      }
      throw new DataException(
          "%s has format %d, this Weir knows %d. Delete the directory, or name another one with --spool"
              .formatted(file, state.format(), SpoolState.FORMAT));
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s is damaged. Delete the directory, or name another one with --spool".formatted(file),
          e);
    }
  }

  /// The directory.
  Path path() {
    return path;
  }

  /// Whether it goes away at the end.
  boolean isTemporary() {
    return temporary;
  }

  /// What was found here or saved last; empty in a new directory.
  synchronized Optional<SpoolState> state() {
    return Optional.ofNullable(state);
  }

  /// The rows of a partition. The names are in the order of the partitions.
  Path file(int partition) {
    return path.resolve("partition-%06d.avro".formatted(partition));
  }

  /// Begins a spool.
  synchronized void begin(SpoolState begun) throws IOException {
    save(begun);
  }

  /// Notes how far a partition is, once its file is on the disk.
  synchronized void note(SpoolState.Part part) throws IOException {
    save(state.with(part));
  }

  /// Whole or not at all: a crash leaves the old state or the new one.
  private void save(SpoolState changed) throws IOException {
    if (!temporary) {
      Path draft = path.resolve(STATE + ".new");
      try (FileChannel channel =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(changed));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(
          draft,
          path.resolve(STATE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      syncNames();
    }
    state = changed;
  }

  /// The new name is as lasting as what it names.
  private void syncNames() throws IOException {
    try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /// Frees the directory; one that is temporary is deleted.
  @Override
  public void close() {
    closeQuietly(lock);
    if (!temporary || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      System.getLogger(SpoolDirectory.class.getName())
          .log(System.Logger.Level.WARNING, "{0} is left behind: {1}", path, e.getMessage());
    }
  }

  private static void closeQuietly(FileChannel lock) {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException _) {
      // The lock goes with the process at the latest.
    }
  }
}
