package io.weir.streams.replay.tally;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Keys in checkpoints.
final class Bytes {
  private static final int NONE = -1;

  private Bytes() {}

  /// @param bytes between position and limit, or null
  static void write(DataOutput out, ByteBuffer bytes) throws IOException {
    if (bytes == null) {
      out.writeInt(NONE);
      return;
    }
    out.writeInt(bytes.remaining());
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    out.write(copy);
  }

  static ByteBuffer read(DataInput in) throws IOException {
    int length = in.readInt();
    if (length == NONE) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return ByteBuffer.wrap(bytes);
  }
}
