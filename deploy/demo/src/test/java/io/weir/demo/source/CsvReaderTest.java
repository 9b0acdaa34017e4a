package io.weir.demo.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvReaderTest {
  @TempDir private Path directory;

  @Test
  void readsHeaderAndRecords() throws IOException {
    try (CsvReader reader = open("a,b\n1,2\n3,\n")) {
      assertThat(reader.header()).containsExactly("a", "b");
      assertThat(reader.next()).containsExactly("1", "2");
      assertThat(reader.next()).containsExactly("3", "");
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void quotesHoldSeparatorsQuotesAndLineBreaks() throws IOException {
    try (CsvReader reader = open("a,b\n\"x,y\",\"he said \"\"no\"\"\nand left\"\n")) {
      assertThat(reader.next()).containsExactly("x,y", "he said \"no\"\nand left");
      assertThat(reader.text()).isEqualTo("\"x,y\",\"he said \"\"no\"\"\nand left\"");
    }
  }

  @Test
  void findsOtherSeparatorsInTheHeader() throws IOException {
    try (CsvReader reader = open("a;b;c\n1;2,5;3\n")) {
      assertThat(reader.next()).containsExactly("1", "2,5", "3");
    }
  }

  @Test
  void unpacksGzip() throws IOException {
    Path file = directory.resolve("rows.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("a\n1\n".getBytes());
    }
    try (CsvReader reader = new CsvReader(file)) {
      assertThat(reader.next()).containsExactly("1");
    }
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> open(""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is empty");
  }

  private CsvReader open(String text) throws IOException {
    return new CsvReader(Files.writeString(directory.resolve("rows.csv"), text));
  }
}
