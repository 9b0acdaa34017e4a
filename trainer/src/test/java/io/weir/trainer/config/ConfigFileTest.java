package io.weir.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  private static final Set<String> KNOWN = Set.of("epochs", "latent", "layers", "scale", "where");

  @TempDir Path directory;

  @Test
  void plainValuesListsAndMapsBecomeWords() throws IOException {
    ConfigFile file =
        read(
            """
            epochs: 30
            layers: [64, 32]
            scale: {amount: robust, age: none}
            where: amount > 0 and city <> 'Oslo, Norway'
            """);
    assertThat(file.values("epochs")).contains(List.of("30"));
    assertThat(file.values("layers")).contains(List.of("64", "32"));
    assertThat(file.values("scale")).contains(List.of("amount=robust", "age=none"));
    assertThat(file.values("where")).contains(List.of("amount > 0 and city <> 'Oslo, Norway'"));
    assertThat(file.values("latent")).isEmpty();
  }

  @Test
  void anEmptyFileSaysNothing() throws IOException {
    assertThat(read("# nothing yet\n").values("epochs")).isEmpty();
  }

  @Test
  void allUnknownKeysAreNamedWithTheNearestKnownOne() {
    assertThatThrownBy(() -> read("epocks: 30\nlatnet: 2\nzzzzzzzz: 1\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("key \"epocks\" is unknown: did you mean \"epochs\"?")
        .hasMessageContaining("key \"latnet\" is unknown: did you mean \"latent\"?")
        .hasMessageContaining("key \"zzzzzzzz\" is unknown.");
  }

  @Test
  void aBrokenFileIsRefusedWithItsLine() {
    assertThatThrownBy(() -> read("epochs: 30\nlayers: [64, 32\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("train.yaml, line 2: not valid YAML");
  }

  @Test
  void aKeyThatComesTwiceIsRefused() {
    assertThatThrownBy(() -> read("epochs: 30\nepochs: 40\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("epochs");
  }

  @Test
  void aKeyWithoutAValueIsRefused() {
    assertThatThrownBy(() -> read("epochs:\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("key \"epochs\" has no value; leave the line out or give one");
  }

  @Test
  void nestedListsAreRefused() {
    assertThatThrownBy(() -> read("layers: [[1, 2], 3]\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("key \"layers\" holds [1,2]; a list of plain values is expected");
  }

  @Test
  void aListInsteadOfAMapIsRefused() {
    assertThatThrownBy(() -> read("- epochs\n- 30\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a map of settings is expected");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = directory.resolve("missing.yaml");
    assertThatThrownBy(() -> ConfigFile.read(missing, KNOWN))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Configuration file %s does not exist", missing);
  }

  private ConfigFile read(String yaml) throws IOException {
    Path file = directory.resolve("train.yaml");
    Files.writeString(file, yaml);
    return ConfigFile.read(file, KNOWN);
  }
}
