package io.weir.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.detector.DetectorRefusedException;
import io.weir.schemas.card.ModelCard.History;
import io.weir.schemas.card.ModelCard.Quantile;
import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ModelCard.Threshold;
import io.weir.trainer.config.Preset;
import io.weir.trainer.config.Recipe;
import io.weir.trainer.config.Recurrence;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfBatchNorm;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerParameters.OfDropout;
import io.weir.trainer.engine.layer.LayerParameters.OfLstm;
import io.weir.trainer.engine.layer.LayerParameters.OfRepeat;
import io.weir.trainer.engine.layer.LayerParameters.OfStepDense;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.engine.network.Prior;
import io.weir.trainer.fit.FitSettings;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.onnx.RandomDetectors;
import io.weir.trainer.onnx.TrainedDetector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a file gives back: network, loss, schedule and the very bits of the weights.
class PublishedModelTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Preset.class)
  void everyPresetComesBackBitForBit(Preset preset) throws Exception {
    Recipe recipe = preset.recipe();
    // The rows have 24 network inputs.
    Optional<Recurrence> inThreeSteps =
        recipe.shape().recurrence().map(r -> new Recurrence(r.units(), r.decoder(), 3));
    assertComesBack(recipe.withShape(recipe.shape().withRecurrence(inThreeSteps)));
  }

  @Test
  void learnedVariancePriorAndSamplesComeBack() throws Exception {
    Recipe base = Preset.EXTENDED.recipe();
    Objective given = base.objective();
    assertComesBack(
        base.withObjective(
            new Objective(
                Reconstruction.GAUSSIAN,
                given.reconstructionReduction(),
                2.5,
                given.beta(),
                given.klReduction(),
                true,
                new Prior(List.of(1.0, -2.0, 0.5), List.of(0.7)),
                4,
                given.classification())));
  }

  @Test
  void aFileThatIsNoModelIsRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("rows.csv"), "a,b\n1,2\n");
    assertThatThrownBy(() -> PublishedModel.read(file))
        .isInstanceOf(DetectorRefusedException.class)
        .hasMessageContaining("rows.csv");
  }

  private void assertComesBack(Recipe recipe) throws Exception {
    Random random = new Random(7);
    TrainedDetector like = RandomDetectors.draw(5);
    Preprocessor preprocessor = like.preprocessor();
    NetworkSpec network = recipe.network(preprocessor.inputs());
    List<LayerParameters> weights = network.layers().map(layer -> drawn(layer, random)).toList();
    TrainedDetector trained =
        new TrainedDetector(preprocessor, network, weights, recipe.objective(), recipe.klWeight());
    RowValues rows =
        RowValues.of(RandomDetectors.ordinaryRows(like, 50, 3), preprocessor.features().size());
    FitSettings settings = recipe.schedule().settings(0.1, 3, 1);
    Path file = directory.resolve("model.onnx");
    Publisher.publish(
        trained,
        new Provenance(
            "m",
            "1",
            Instant.EPOCH,
            "custom",
            settings,
            new History(1, 1, 1, 1, 0, null, 0),
            List.of()),
        rows,
        rows,
        PublishedModelTest::judgement,
        file);

    PublishedModel read = PublishedModel.read(file);
    assertThat(read.network().layers().map(PublishedModelTest::withoutInitializer))
        .containsExactlyElementsOf(
            network.layers().map(PublishedModelTest::withoutInitializer).toList());
    assertThat(read.network().getClass()).isEqualTo(network.getClass());
    assertThat(read.network().classifier().map(c -> c.input()))
        .isEqualTo(network.classifier().map(c -> c.input()));
    assertThat(read.network().outputLogVariance().isPresent())
        .isEqualTo(network.outputLogVariance().isPresent());
    assertThat(read.parameters()).usingRecursiveComparison().isEqualTo(weights);
    assertThat(read.objective()).isEqualTo(recipe.objective());
    assertThat(read.schedule()).isEqualTo(recipe.schedule());
    assertThat(read.preprocessor().preprocessing()).isEqualTo(preprocessor.preprocessing());
  }

  private static LayerSpec withoutInitializer(LayerSpec layer) {
    return switch (layer) {
      case Dense(int inputs, int outputs, Activation activation, Initializer _) ->
          new Dense(inputs, outputs, activation, Initializer.GLOROT_UNIFORM);
      case BatchNorm norm -> norm;
      case Dropout dropout -> dropout;
      case StepDense(int steps, int inputs, int outputs, Activation activation, Initializer _) ->
          new StepDense(steps, inputs, outputs, activation, Initializer.GLOROT_UNIFORM);
      case Lstm lstm -> lstm;
      case Repeat repeat -> repeat;
    };
  }

  private static LayerParameters drawn(LayerSpec layer, Random random) {
    return switch (layer) {
      case Dense dense ->
          new OfDense(
              dense.inputs(),
              dense.outputs(),
              drawn(dense.inputs() * dense.outputs(), -0.3f, 0.3f, random),
              drawn(dense.outputs(), -0.1f, 0.1f, random));
      case BatchNorm norm ->
          new OfBatchNorm(
              drawn(norm.columns(), 0.5f, 1.5f, random),
              drawn(norm.columns(), -0.5f, 0.5f, random),
              drawn(norm.columns(), -0.5f, 0.5f, random),
              drawn(norm.columns(), 0.5f, 1.5f, random));
      case Dropout _ -> new OfDropout();
      case StepDense dense -> {
        int inputs = dense.inputsPerStep();
        int outputs = dense.outputsPerStep();
        yield new OfStepDense(
            inputs,
            outputs,
            drawn(inputs * outputs, -0.3f, 0.3f, random),
            drawn(outputs, -0.1f, 0.1f, random));
      }
      case Lstm lstm -> {
        int inputs = lstm.inputsPerStep();
        int gates = 4 * lstm.units();
        yield new OfLstm(
            inputs,
            lstm.units(),
            drawn(inputs * gates, -0.3f, 0.3f, random),
            drawn(lstm.units() * gates, -0.3f, 0.3f, random),
            drawn(gates, -0.1f, 0.1f, random));
      }
      case Repeat _ -> new OfRepeat();
    };
  }

  private static float[] drawn(int count, float from, float to, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = from + (to - from) * random.nextFloat();
    }
    return values;
  }

  private static Judgement judgement(float[] scores) {
    return new Judgement(
        new ScoreDistribution(scores.length, 0, 1, List.of(new Quantile(0, 0), new Quantile(1, 1))),
        List.of(new Threshold("value:1", 1)));
  }
}
