package io.weir.trainer.data.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("kafka.properties"), text);
  }

  @Test
  void flagsGoBeforeTheFile() throws IOException {
    Path file =
        file(
            """
            bootstrap.servers=file:9092
            schema.registry.url=http://file:8081
            schema.registry.basic.auth.user.info=me:secret
            security.protocol=SSL
            """);
    Connection both = Connection.of("flag:9092", "http://flag:8081", file);
    assertThat(both.bootstrap()).isEqualTo("flag:9092");
    assertThat(both.registries()).containsExactly("http://flag:8081");
    Connection fromFile = Connection.of(null, null, file);
    assertThat(fromFile.bootstrap()).isEqualTo("file:9092");
    assertThat(fromFile.registries()).containsExactly("http://file:8081");
    assertThat(fromFile.kafka()).containsOnlyKeys("security.protocol");
    assertThat(fromFile.registry()).containsEntry("basic.auth.user.info", "me:secret");
  }

  @Test
  void itsTextHoldsNoSecret() throws IOException {
    Path file = file("sasl.jaas.config=x password=\"secret\";\nssl.key.password=secret\n");
    Connection connection = Connection.of("b:9092", "http://me:secret@r:8081", file);
    assertThat(connection.toString()).doesNotContain("secret").contains("http://r:8081");
    assertThat(connection.registryText()).isEqualTo("http://r:8081");
  }

  @Test
  void aGroupPlaysNoPartAndThatIsTold() throws IOException {
    Path file = file("group.id=mine\nauto.offset.reset=latest\n");
    Connection connection = Connection.of("b:9092", "http://r:8081", file);
    assertThat(connection.kafka()).isEmpty();
    assertThat(connection.notes())
        .singleElement()
        .asString()
        .contains("auto.offset.reset, group.id", "without a group");
  }

  @Test
  void aMisspeltKeyIsSuggestedAndAPlugInsKeyPasses() throws IOException {
    Path misspelt = file("security.protocl=SSL\n");
    assertThatThrownBy(() -> Connection.of("b:9092", "http://r:8081", misspelt))
        .hasMessageContaining(
            "\"security.protocl\" is unknown: did you mean \"security.protocol\"");
    Path plugIn = file("my.own.login.module.region=north\n");
    assertThat(Connection.of("b:9092", "http://r:8081", plugIn).kafka()).hasSize(1);
  }

  @Test
  void missingAddressesAreToldWithTheirFlags() {
    assertThatThrownBy(() -> Connection.of(null, "http://r:8081", null))
        .hasMessageContaining("--bootstrap-servers");
    assertThatThrownBy(() -> Connection.of("b:9092", null, null))
        .hasMessageContaining("--registry");
  }
}
