package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.trainer.config.Family;
import io.weir.trainer.config.Preset;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresetsCommandTest {
  @Test
  void listsEveryModelInItsFamily() {
    Cli run = Cli.weir("presets");
    assertThat(run.exit()).isZero();
    for (Preset preset : Preset.values()) {
      assertThat(run.out()).contains(preset.label());
    }
    for (Family family : Family.values()) {
      assertThat(run.out()).contains(family.title());
    }
    assertThat(run.out())
        .containsPattern("M1 +ml4anomalies-extended +VAE_model_extended +14-20-10-10-10-7-\\(3\\)-")
        .containsPattern("M8 .* 2,486  10000 mse mean \\+ 32 KL sum")
        .containsPattern("M11 .* 24,298  10 cross-entropy \\+ mse mean \\+ 1e-6 KL mean");
  }

  @Test
  void tellsProgramsAsJson() throws IOException {
    JsonNode all = new ObjectMapper().readTree(Cli.weir("presets", "--output", "json").out());
    assertThat(all.findValuesAsText("name")).isEqualTo(Preset.labels());
    assertThat(List.of("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10", "M11"))
        .allSatisfy(id -> assertThat(all.findParents("ids").toString()).contains('"' + id + '"'));
    JsonNode m7 = all.get(Preset.NORMALISED_AUTOENCODER.ordinal());
    assertThat(m7.path("parameters").asLong()).isEqualTo(2408);
    assertThat(m7.path("trainable").asLong()).isEqualTo(2240);
    assertThat(m7.path("kind").asText()).isEqualTo("autoencoder");
  }

  @Test
  void tellsAllAboutOneInTheMannerOfKeras() {
    Cli run = Cli.weir("presets", "m7");
    assertThat(run.out())
        .contains("normalised-autoencoder (M7)")
        .contains("glorot_uniform")
        .containsPattern("encoder_2 \\(dropout\\) +\\(None, 28\\)")
        .containsPattern("encoder_3 \\(batch_norm\\) +\\(None, 28\\) +leaky_relu\\(0.3\\) +112")
        .contains("Total params: 2,408")
        .contains("Trainable params: 2,240")
        .contains("Non-trainable params: 168");
  }

  @Test
  void countsTheParametersOfOtherWidths() {
    assertThat(Cli.weir("presets", "dynamic-vae", "--inputs", 560).out())
        .contains("560-281-(2)-281-560")
        .contains("Total params: 317,532");
  }

  @Test
  void leavesOutWhatCannotHaveSoManyInputs() {
    Cli run = Cli.weir("presets", "--inputs", 30);
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("30-64-32-(16)-32-64-30").doesNotContain("lstm-vae-images");
    assertThat(run.err()).contains("lstm-vae-images is left out: --row-steps 28: the rows have 30");
  }

  @Test
  void tellsTheStepsOfSequences() {
    assertThat(Cli.weir("presets", "L1").out())
        .contains("784-lstm 256-(16)-256-784")
        .containsPattern("encoder_1 \\(lstm\\) +\\(None, 256\\) +tanh +291,840")
        .contains("Total params: 505,904");
    assertThat(Cli.weir("presets", "lstm-vae", "--inputs", 5).out())
        .contains("50-lstm 64-(8)-lstm 64-50")
        .containsPattern("decoder_1 \\(repeat\\) +\\(None, 10, 8\\)")
        .containsPattern("decoder_2 \\(lstm\\) +\\(None, 10, 64\\)")
        .containsPattern("decoder_3 \\(step_dense\\) +\\(None, 10, 5\\) +linear +325");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(Cli.weir("presets", "M12").exit()).isEqualTo(2);
    assertThat(Cli.weir("presets", "--inputs", -1).exit()).isEqualTo(2);
  }
}
