package io.weir.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.fit.GoldenModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The models that agree with PyTorch are the presets themselves.
class GoldenPresetTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "M1, m1",
    "M6, m6",
    "M7, m7",
    "M9, m9",
    "M10A, m10-a",
    "M10B, m10-b",
    "M10C, m10-c",
    "M10X, m10-x",
  })
  void isTheGoldenModel(String preset, String name) {
    GoldenModel golden =
        GoldenModel.all().filter(model -> model.name().equals(name)).findFirst().orElseThrow();
    Recipe recipe = Preset.labelled(preset).recipe();

    assertThat(recipe.network(14))
        .usingRecursiveComparison()
        .ignoringFieldsOfTypes(Initializer.class)
        .isEqualTo(golden.network());
    assertThat(recipe.objective()).isEqualTo(golden.objective());
    assertThat(recipe.schedule().adam()).isEqualTo(golden.settings(1).optimizer());
  }
}
