package io.weir.streams.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayResultsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void theExampleIsReadAndWrittenWithNothingLost() throws IOException {
    String example = example();
    Files.writeString(folder.resolve(ReplayResults.FILE), example);

    ReplayResult result = ReplayResults.read(folder);

    assertThat(result.models()).hasSize(2);
    assertThat(JSON.readTree(ReplayResults.toJson(result))).isEqualTo(JSON.readTree(example));
  }

  @Test
  void aResultOfANewerVersionIsRefused() throws IOException {
    Files.writeString(
        folder.resolve(ReplayResults.FILE),
        example().replaceFirst("\"version\": 1,", "\"version\": 2,"));

    assertThatThrownBy(() -> ReplayResults.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has version 2, this Weir reads 1 to 1");
  }

  private static String example() throws IOException {
    try (InputStream in = ReplayResultsTest.class.getResourceAsStream("result.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
