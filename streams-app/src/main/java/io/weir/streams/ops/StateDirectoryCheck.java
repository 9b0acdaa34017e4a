package io.weir.streams.ops;

import io.weir.streams.config.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.kafka.streams.StreamsConfig;

/// Whether `state.dir` can hold what is kept between events, before Kafka Streams finds out with a
/// stack trace. Only windows, incidents and cool-downs are.
public final class StateDirectoryCheck {
  /// As much as a store writes as soon as it is opened.
  private static final int PROBE_BYTES = 256 * 1024;

  private StateDirectoryCheck() {}

  /// Makes the directory, writes to it, and looks whether another instance has it.
  ///
  /// @throws StartRefusedException if it cannot be used
  public static void run(Settings settings) throws StartRefusedException {
    Path directory = base(settings).resolve(settings.applicationId());
    try {
      Files.createDirectories(directory);
      Path probe = Files.createTempFile(directory, "weir-probe", null);
      try {
        Files.write(probe, new byte[PROBE_BYTES]);
      } finally {
        Files.delete(probe);
      }
      lock(settings, directory);
    } catch (FileAlreadyExistsException e) {
      throw new StartRefusedException(trouble(settings, e.getFile() + " is a file"), e);
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
      throw new StartRefusedException(
          trouble(settings, (e.getFile() == null ? "" : e.getFile() + ": ") + reason), e);
    } catch (IOException e) {
      throw new StartRefusedException(trouble(settings, e.getMessage()), e);
    }
  }

  /// What to tell about a directory that cannot be written.
  public static String trouble(Settings settings, String reason) {
    return ("state.dir = %s cannot keep the state (%s): it must be a writable directory with"
            + " space. Free some, or set state.dir to another; nothing is lost, the state is"
            + " restored from its changelog topics")
        .formatted(base(settings), reason);
  }

  /// Where `state.dir` points to.
  static Path base(Settings settings) {
    return Path.of(new StreamsConfig(settings.kafka()).getString(StreamsConfig.STATE_DIR_CONFIG));
  }

  /// Kafka Streams takes the same lock, a moment later.
  private static void lock(Settings settings, Path directory)
      throws IOException, StartRefusedException {
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw inUse(settings, null);
      }
    } catch (OverlappingFileLockException e) {
      throw inUse(settings, e);
    }
  }

  private static StartRefusedException inUse(Settings settings, Exception cause) {
    return new StartRefusedException(
        "state.dir = %s is in use by another instance of %s on this machine: give each its own"
            .formatted(base(settings), settings.applicationId()),
        cause);
  }
}
