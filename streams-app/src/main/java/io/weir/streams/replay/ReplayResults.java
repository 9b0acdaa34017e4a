package io.weir.streams.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Results of replays as JSON: indented, fields in the order of the records, null where there is
/// nothing.
public final class ReplayResults {
  /// The file's name in a replay's folder.
  public static final String FILE = "result.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private ReplayResults() {}

  /// Writes a result.
  public static String toJson(ReplayResult result) {
    try {
      return JSON.writeValueAsString(result) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records are always writable", e);
    }
  }

  /// Reads the result in a replay's folder; fields that are not known are ignored.
  ///
  /// @throws IOException if there is none, or one of a newer version; the message says so
  public static ReplayResult read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    ReplayResult result = JSON.readValue(Files.readString(file), ReplayResult.class);
    if (result.version() < 1 || result.version() > ReplayResult.VERSION) {
      throw new IOException(
          "%s has version %d, this Weir reads 1 to %d: use the Weir that replayed, or a newer one"
              .formatted(file, result.version(), ReplayResult.VERSION));
    }
    return result;
  }
}
