package io.weir.streams.replay.pass;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/// The checkpoints of a partition, named by the offset of the next record: the latest one, and the
/// one before until the latest counts.
final class Checkpoints {
  private static final String SUFFIX = ".checkpoint";
  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final String name;

  Checkpoints(Path folder, PartitionRange range) {
    this.folder = folder;
    this.name = range.fileName();
  }

  /// Where the partition's alerts are.
  Path alerts() {
    return folder.resolve(name + ".jsonl");
  }

  void write(PartitionState state) throws IOException {
    AtomicFiles.write(file(state.next), state::write);
  }

  /// The offset of the latest one, empty if there is none.
  OptionalLong latest() throws IOException {
    return offsets().stream().mapToLong(Long::longValue).max();
  }

  /// The offset of the one that there is, empty if there are none or several.
  OptionalLong only() throws IOException {
    List<Long> offsets = offsets();
    return offsets.size() == 1 ? OptionalLong.of(offsets.getFirst()) : OptionalLong.empty();
  }

  /// Notes that alerts were committed to a topic.
  void markCommitted() throws IOException {
    if (!hasCommitted()) {
      AtomicFiles.write(mark(), _ -> {});
    }
  }

  /// Whether alerts were committed to a topic.
  boolean hasCommitted() {
    return Files.exists(mark());
  }

  boolean has(long next) {
    return Files.exists(file(next));
  }

  /// Reads the one of an offset.
  void read(long next, PartitionState state) throws IOException {
    Path file = file(next);
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      state.read(in);
    } catch (IOException e) {
      throw new IOException("The checkpoint %s cannot be read: %s".formatted(file, e), e);
    }
  }

  /// Deletes all but the one of an offset.
  void keepOnly(long next) throws IOException {
    for (long offset : offsets()) {
      if (offset != next) {
        Files.delete(file(offset));
      }
    }
  }

  /// Deletes everything of the partition.
  void delete() throws IOException {
    keepOnly(Long.MIN_VALUE);
    Files.deleteIfExists(mark());
    Files.deleteIfExists(alerts());
  }

  private Path mark() {
    return folder.resolve(name + ".committed");
  }

  private Path file(long next) {
    return folder.resolve(name + "." + next + SUFFIX);
  }

  private List<Long> offsets() throws IOException {
    List<Long> offsets = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String text = file.getFileName().toString();
        if (text.startsWith(name + ".") && text.endsWith(SUFFIX)) {
          String offset = text.substring(name.length() + 1, text.length() - SUFFIX.length());
          // Another topic's name may begin with this one's: its offset then is no number.
          if (offset.matches("\\d{1,19}")) {
            offsets.add(Long.parseLong(offset));
          }
        }
      }
    }
    offsets.sort(Comparator.naturalOrder());
    return offsets;
  }
}
