package io.weir.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/// A directory that a broker may use: writable, in nobody's use, and either empty or left by an
/// earlier broker.
record BrokerDirectory(Path path) {

  private static final String METADATA_FILE = "meta.properties";
  private static final String LOCK_FILE = ".lock";

  /// Makes the directory if it is absent and looks whether a broker could live in it.
  ///
  /// @throws IOException if it could not; the message says why and what to do
  static BrokerDirectory at(Path directory) throws IOException {
    Path path = directory.toAbsolutePath().normalize();
    make(path);
    if (!Files.isWritable(path)) {
      throw new IOException(
          "The broker's directory %s is not writable for this user. Change its permissions or choose another."
              .formatted(path));
    }
    var chosen = new BrokerDirectory(path);
    if (chosen.isNew()) {
      chosen.refuseForeignFiles();
    } else {
      chosen.refuseIfInUse();
    }
    return chosen;
  }

  /// Gives a new directory a cluster id and the metadata version of this Kafka release; leaves an
  /// older one as it is.
  ///
  /// @throws IOException if the files cannot be written
  void formatIfNew() throws IOException {
    if (!isNew()) {
      return;
    }
    try (var silence = new PrintStream(OutputStream.nullOutputStream())) {
      new Formatter()
          .setPrintStream(silence)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(BrokerSettings.NODE_ID)
          .addDirectory(path.toString())
          .setMetadataLogDirectory(path.toString())
          .setControllerListenerName(BrokerSettings.CONTROLLER)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (Exception e) {
      throw new IOException(
          "The directory %s could not be formatted for a broker: %s"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private boolean isNew() {
    return !Files.exists(path.resolve(METADATA_FILE));
  }

  private static void make(Path path) throws IOException {
    try {
      Files.createDirectories(path);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          "The broker's directory %s cannot be made: %s is a file. Choose another directory."
              .formatted(path, e.getFile()),
          e);
    } catch (IOException e) {
      throw new IOException(
          "The broker's directory %s cannot be made (%s). Choose one that this user may write."
              .formatted(path, e),
          e);
    }
  }

  // Kafka takes every subdirectory for a partition, and halts the JVM over one that is none.
  private void refuseForeignFiles() throws IOException {
    try (var content = Files.list(path)) {
      Optional<Path> foreign = content.findFirst();
      if (foreign.isPresent()) {
        throw new IOException(
            "The directory %s holds %s and no broker's data. Choose an empty directory or one of an earlier broker."
                .formatted(path, foreign.get().getFileName()));
      }
    }
  }

  // A running broker holds this lock; Kafka itself would find out later, and log a stack trace.
  private void refuseIfInUse() throws IOException {
    try (var file =
            FileChannel.open(
                path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = file.tryLock()) {
      if (lock == null) {
        throw inUse(null);
      }
    } catch (OverlappingFileLockException e) {
      throw inUse(e);
    }
  }

  private IOException inUse(Exception cause) {
    return new IOException(
        "The directory %s is in use by a running broker. Close it first or choose another directory."
            .formatted(path),
        cause);
  }
}
