package io.weir.streams.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsTableTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void theDocumentedSettingsAreThoseOfTheCode() throws IOException {
    if (Boolean.getBoolean("weir.docs.rewrite")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, SettingsTable.markdown());
    }
    assertThat(Files.readString(PAGE))
        .as(
            "docs/configuration.md; rewrite it with mvn -pl streams-app -am test"
                + " -Dtest=SettingsTableTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dweir.docs.rewrite=true")
        .isEqualTo(SettingsTable.markdown());
  }
}
