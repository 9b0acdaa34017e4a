package io.weir.streams.replay.pass;

import io.weir.schemas.event.Alert;
import io.weir.schemas.json.EventJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The alerts of a partition, one line of JSON each. What was written after the last checkpoint is
/// cut off when it goes on from there.
final class AlertFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final FileChannel channel;
  private final OutputStream out;
  private long length;

  /// @param length bytes that are kept
  AlertFile(Path file, long length) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.size() < length) {
      long found = channel.size();
      channel.close();
      throw new IOException(
          "%s has %,d bytes, the checkpoint says %,d".formatted(file, found, length));
    }
    channel.truncate(length);
    channel.position(length);
    this.length = length;
    out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
  }

  void add(Alert alert) throws IOException {
    byte[] line = (EventJson.line(alert) + "\n").getBytes(StandardCharsets.UTF_8);
    out.write(line);
    length += line.length;
  }

  /// Bytes, when everything is on the disk.
  long flush() throws IOException {
    out.flush();
    channel.force(false);
    return length;
  }

  @Override
  public void close() throws IOException {
    out.flush();
    channel.close();
  }
}
