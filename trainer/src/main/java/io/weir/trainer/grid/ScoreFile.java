package io.weir.trainer.grid;

import io.weir.trainer.config.Variant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `runs.csv`: one line for each training that came to its end. A line is on the disk before the
/// next training starts; one that a crash cut off is taken away when the file is opened again.
final class ScoreFile implements AutoCloseable {
  private final FileChannel channel;
  private final Map<String, FoldScore> scores = new LinkedHashMap<>();

  private ScoreFile(FileChannel channel) {
    this.channel = channel;
  }

  /// Opens or creates the file, for this process alone.
  ///
  /// @throws ExperimentException if another process has it, or it holds something else
  static ScoreFile open(Path file) throws IOException {
    ScoreFile opened =
        new ScoreFile(
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE));
    try {
      opened.lock(file);
      opened.read(file);
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void lock(Path file) throws IOException {
    boolean free;
    try {
      free = channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      free = false;
    }
    if (!free) {
      throw new ExperimentException(
          "%s is in use by another experiment: wait for its end, or choose another --out"
              .formatted(file));
    }
  }

  private void read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
    channel.position(channel.size());
    if (whole.isEmpty()) {
      write(ScoreLine.HEADER);
      return;
    }
    List<String> lines = whole.lines().toList();
    if (!lines.getFirst().equals(ScoreLine.HEADER)) {
      throw new ExperimentException(
          "%s has other columns than this version of Weir writes: choose another --out"
              .formatted(file));
    }
    for (int i = 1; i < lines.size(); i++) {
      try {
        ScoreLine line = ScoreLine.parse(lines.get(i));
        scores.put(line.key(), line.score());
      } catch (IllegalArgumentException e) {
        throw new ExperimentException(
            "%s, line %d: %s. Remove the line, and its training is done again"
                .formatted(file, i + 1, e.getMessage()));
      }
    }
  }

  boolean isEmpty() {
    return scores.isEmpty();
  }

  Optional<FoldScore> find(Variant variant, int fold) {
    return Optional.ofNullable(scores.get(ScoreLine.key(variant, fold)));
  }

  void add(Variant variant, FoldScore score) throws IOException {
    ScoreLine line = ScoreLine.of(variant, score);
    write(line.text());
    scores.put(line.key(), score);
  }

  private void write(String line) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
