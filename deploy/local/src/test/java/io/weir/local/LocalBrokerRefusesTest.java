package io.weir.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerRefusesTest {

  @TempDir Path directory;

  @Test
  void aPortThatIsTaken() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = other.getLocalPort();

      assertThatThrownBy(() -> LocalBroker.start(directory, port))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Port " + port + " of 127.0.0.1 cannot be used")
          .hasMessageEndingWith("Stop what listens there or choose another; 0 takes any free one.");
    }
  }

  @Test
  void aPortThatDoesNotExist() {
    assertThatThrownBy(() -> LocalBroker.start(directory, 70_000))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Port 70000 does not exist. Choose one from 1 to 65535, or 0 for any free one.");
  }

  @Test
  void aFileInPlaceOfTheDirectory() throws Exception {
    Path file = Files.writeString(directory.resolve("notes.txt"), "mine");

    assertThatThrownBy(() -> LocalBroker.start(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "The broker's directory %s cannot be made: %s is a file. Choose another directory."
                .formatted(file, file));
  }

  @Test
  void aDirectoryOfSomethingElse() throws Exception {
    Files.writeString(directory.resolve("notes.txt"), "mine");

    assertThatThrownBy(() -> LocalBroker.start(directory))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "The directory %s holds notes.txt and no broker's data. Choose an empty directory or one of an earlier broker."
                .formatted(directory));
  }
}
