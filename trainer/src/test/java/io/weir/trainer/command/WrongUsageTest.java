package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrongUsageTest {
  @TempDir Path directory;
  private Path payments;

  @BeforeEach
  void writePayments() {
    payments = Payments.write(directory.resolve("payments.csv"));
  }

  @Test
  void noCommandIsWrongUsage() {
    Cli run = Cli.weir();
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Missing required subcommand");
  }

  @Test
  void aMisspeltFlagIsSuggested() {
    Cli run = Cli.weir("train", "--data", payments, "--epoch", 3);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Unknown option").contains("--epochs");
  }

  @Test
  void aMisspeltPresetIsSuggested() {
    Cli run = Cli.weir("train", "--data", payments, "--preset", "ml4anomalies-extnded");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("Preset \"ml4anomalies-extnded\" is unknown")
        .contains("did you mean \"ml4anomalies-extended\"?");
  }

  @Test
  void aMisspeltYamlKeyIsSuggested() throws IOException {
    Path config = Files.writeString(directory.resolve("train.yaml"), "lattent: 2\n");
    Cli run = Cli.weir("train", "--data", payments, "--config", config);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("key \"lattent\" is unknown: did you mean \"latent\"?");
  }

  @Test
  void aMisspeltScalingIsSuggested() {
    Cli run = Cli.weir("train", "--data", payments, "--scale", "amount=robbust");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Scaling \"robbust\" is unknown: did you mean \"robust\"?");
  }

  @Test
  void aPartWithoutASplitIsRefused() {
    Cli run = Cli.weir("train", "--data", payments, "--part", "train");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--part train needs --split FRACTION");
  }

  @Test
  void aMissingFileFails() {
    Cli run = Cli.weir("train", "--data", directory.resolve("nowhere.csv"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("nowhere.csv does not exist").doesNotContain("\tat ");
  }

  @Test
  void anUnknownColumnFailsWithTheNearestOne() {
    Cli run = Cli.weir("train", "--data", payments, "--exclude", "ammount");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("ammount").contains("amount").doesNotContain("\tat ");
  }

  @Test
  void aMissingLabelFails() {
    Cli run = Cli.weir("train", "--data", payments, "--label", "frau");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("frau").contains("fraud").doesNotContain("\tat ");
  }

  @Test
  void aFileThatIsNoModelFails() {
    Cli run = Cli.weir("inspect", "--model", payments);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("refused").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "experiment", "evaluate", "score", "inspect"})
  void everyCommandExplainsItselfWithExamples(String command) {
    Cli run = Cli.weir(command, "--help");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("Usage: weir " + command).contains("Examples:");
  }
}
