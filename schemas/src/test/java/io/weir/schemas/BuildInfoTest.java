package io.weir.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildInfoTest {
  @Test
  void namesTheVersionAndTheCommitOfThisBuild() {
    BuildInfo build = BuildInfo.current();

    assertThat(build.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    assertThat(build.commit()).matches("[0-9a-f]{7,40}|unknown");
    assertThat(build).hasToString(build.version() + " (" + build.commit() + ")");
  }
}
