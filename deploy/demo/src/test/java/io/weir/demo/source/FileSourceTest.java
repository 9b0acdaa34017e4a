package io.weir.demo.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(directory.resolve("Rows 1.csv"), "a,bad\n1,0\n2,0\n3,1\n4,0\n");
  }

  @Test
  void theFirstPartIsTheHistoryAsItStandsInTheFile() throws IOException {
    try (FileSource source = new FileSource(file, "bad", List.of(), 0.5)) {
      Path history = directory.resolve("history.csv");
      source.writeHistory(history);

      assertThat(history).hasContent("a,bad\n1,0\n2,0\n");
    }
  }

  @Test
  void theNameIsFitForATopic() throws IOException {
    try (FileSource source = new FileSource(file, null, List.of(), 0.5)) {
      assertThat(source.name()).isEqualTo("rows-1");
    }
  }

  @Test
  void aLabelThatIsNoColumnIsRefusedWithTheColumnsThereAre() {
    assertThatThrownBy(() -> new FileSource(file, "label", List.of(), 0.5))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no column \"label\"")
        .hasMessageContaining("a, bad");
  }

  @Test
  void aFileTooShortToDivideIsRefused() throws IOException {
    Path one = Files.writeString(directory.resolve("one.csv"), "a\n1\n");
    try (FileSource source = new FileSource(one, null, List.of(), 0.5)) {
      assertThatThrownBy(() -> source.writeHistory(directory.resolve("h.csv")))
          .hasMessageContaining("too few");
    }
  }
}
