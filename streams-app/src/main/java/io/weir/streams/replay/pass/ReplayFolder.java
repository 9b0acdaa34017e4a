package io.weir.streams.replay.pass;

import io.weir.streams.replay.ReplayFailedException;
import io.weir.streams.replay.ReplayOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// A replay's folder: result and alerts, and below `state` what an interrupted one goes on with.
/// One process at a time.
final class ReplayFolder implements AutoCloseable {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Path out;
  private final String id;
  private final Optional<Plan> begun;
  private final FileChannel lock;

  private ReplayFolder(Path out, String id, Optional<Plan> begun, FileChannel lock) {
    this.out = out;
    this.id = id;
    this.begun = begun;
    this.lock = lock;
  }

  /// Makes the folder, or finds the one to go on with.
  ///
  /// @throws ReplayFailedException if there is one already, or none to go on with
  static ReplayFolder open(ReplayOptions options) throws IOException, ReplayFailedException {
    String id = options.id().orElse(options.resume() ? null : newId());
    Path out = options.out().orElseGet(() -> Path.of("replay-" + id));
    Path state = out.resolve("state");
    boolean exists = Plan.exists(state);
    if (options.resume() && !exists) {
      throw new ReplayFailedException(
          "There is no replay in %s to resume: give its folder with --out, or leave --resume away to begin one"
              .formatted(out));
    }
    if (!options.resume() && exists) {
      throw new ReplayFailedException(
          "%s has a replay already: resume it with --resume, or give another folder with --out or --id"
              .formatted(out));
    }
    Files.createDirectories(state);
    FileChannel lock = lock(out, state);
    Optional<Plan> begun = exists ? Optional.of(Plan.read(state)) : Optional.empty();
    if (begun.isPresent() && id != null && !begun.get().id().equals(id)) {
      lock.close();
      throw new ReplayFailedException(
          "The replay in %s has the id %s, not %s: leave --id away"
              .formatted(out, begun.get().id(), id));
    }
    return new ReplayFolder(out, begun.map(Plan::id).orElse(id), begun, lock);
  }

  private static FileChannel lock(Path out, Path state) throws IOException, ReplayFailedException {
    FileChannel channel =
        FileChannel.open(
            state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // Held within this JVM.
    }
    if (lock == null) {
      channel.close();
      throw new ReplayFailedException(
          "Another process is at the replay in %s: wait for it, or give another folder with --out"
              .formatted(out));
    }
    return channel;
  }

  private static String newId() {
    return "%s-%04x"
        .formatted(
            LocalDateTime.now(ZoneOffset.UTC).format(STAMP), new SecureRandom().nextInt(1 << 16));
  }

  Path out() {
    return out;
  }

  Path state() {
    return out.resolve("state");
  }

  String id() {
    return id;
  }

  /// What was set out to do, empty if this is the first run.
  Optional<Plan> begun() {
    return begun;
  }

  /// Deletes what an interrupted replay would have gone on with, but for the plan.
  void tidy() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(state())) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.endsWith(".checkpoint") || name.endsWith(".jsonl") || name.endsWith(".draft")) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
