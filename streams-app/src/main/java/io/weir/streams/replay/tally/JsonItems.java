package io.weir.streams.replay.tally;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Parts of the result in checkpoints.
final class JsonItems {
  private static final JsonMapper JSON = new JsonMapper();

  private JsonItems() {}

  static void write(DataOutput out, Object item) throws IOException {
    Bytes.write(out, ByteBuffer.wrap(JSON.writeValueAsBytes(item)));
  }

  static <T> T read(DataInput in, Class<T> type) throws IOException {
    return JSON.readValue(Bytes.read(in).array(), type);
  }
}
