package io.weir.trainer.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelChoiceTest {
  @Test
  void vectorsRunInThisProcess() {
    assertThat(KernelChoice.chosen()).isInstanceOf(VectorKernels.class);
  }

  @Test
  void thePropertyForcesTheScalarTwin() {
    assertThat(KernelChoice.choose("scalar").name()).isEqualTo("scalar");
  }

  @Test
  void workThatEndsBeforeVectorsAreWarmIsLeftToTheScalarTwin() throws Exception {
    String[] modules = {"--add-modules", "jdk.incubator.vector"};
    assertThat(output(modules)).contains("for little work: scalar").contains("chosen: vector");
    assertThat(output("--add-modules", "jdk.incubator.vector", "-Dweir.kernel=vector"))
        .contains("for little work: vector");
  }

  @Test
  void anUnknownChoiceIsRefused() {
    assertThatThrownBy(() -> KernelChoice.choose("fast"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weir.kernel=fast: must be scalar, vector or auto");
  }

  @Test
  void withoutTheIncubatorModuleTheScalarTwinRunsAndTheLogSaysWhy() throws Exception {
    assertThat(output("-Dlog4j2.level=WARN"))
        .contains("chosen: scalar")
        .contains("jdk.incubator.vector is not in the module graph")
        .contains("add --add-modules jdk.incubator.vector");
  }

  @Test
  void askingForVectorsWithoutTheModuleFailsWithTheCure() throws Exception {
    assertThat(output("-Dweir.kernel=vector")).contains("add --add-modules jdk.incubator.vector");
  }

  @Test
  void theLengthOfTheVectorsCanBeForced() throws Exception {
    assertThat(output("--add-modules", "jdk.incubator.vector", "-Dweir.kernel.bits=128"))
        .contains("chosen: vector 128 bits");
    assertThat(output("--add-modules", "jdk.incubator.vector", "-Dweir.kernel.bits=100"))
        .contains("weir.kernel.bits=100: must be 128, 256 or 512");
  }

  private static String output(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  /// What the processes started here run.
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      System.out.println("for little work: " + KernelChoice.forWork(1e6).name());
      System.out.println("chosen: " + KernelChoice.chosen().name());
    }
  }
}
