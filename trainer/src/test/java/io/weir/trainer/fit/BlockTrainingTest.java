package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.bulk.RowWriter;
import io.weir.trainer.data.bulk.Storage;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.data.prepare.Treatment;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.FitException.Unsuitable;
import io.weir.trainer.fit.InputRows.InBlocks;
import io.weir.trainer.fit.InputRows.InMemory;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that wait in a file and are shuffled in blocks.
class BlockTrainingTest {
  private static final int ROWS = 1500;
  private static final int COLUMNS = 33;
  private static final FitListener SILENT = new FitListener() {};

  @TempDir Path directory;

  @Test
  void theNumberOfThreadsDoesNotChangeABit() {
    InBlocks blocks = new InBlocks(inFile(raw()), preprocessor(), 64, 3);
    FitResult one = fit(blocks, 1);
    for (int threads : new int[] {2, 4}) {
      assertSame(fit(blocks, threads), one);
    }
  }

  @Test
  void whereTheRowsStandDoesNotChangeABit() {
    InBlocks file = new InBlocks(inFile(raw()), preprocessor(), 64, 3);
    InBlocks heap = new InBlocks(RowValues.of(raw(), COLUMNS), preprocessor(), 64, 3);
    assertSame(fit(heap, 1), fit(file, 1));
  }

  @Test
  void measuredRowsCostTheSameInBlocksAndInMemory() {
    FitSettings settings = Toys.settings(100, 1, 0.1, 7, 2);
    InMemory memory = inMemory();
    InBlocks blocks = new InBlocks(inFile(raw()), preprocessor(), 32, 2);
    List<LayerParameters> weights = fit(memory, 1).parameters();
    int[] some = IntStream.range(0, ROWS).filter(row -> row % 7 != 3).toArray();
    MeasuredLoss expected =
        new Fit()
            .measure(weights, Toys.vae(COLUMNS, 70, 5), Toys.MSE, rows(memory), some, settings);
    assertThat(
            new Fit()
                .measure(weights, Toys.vae(COLUMNS, 70, 5), Toys.MSE, rows(blocks), some, settings))
        .isEqualTo(expected);
  }

  @Test
  void oneBlockThatHoldsAllRowsStillHoldsOutTheSameOnes() {
    FitResult blocks = fit(new InBlocks(inFile(raw()), preprocessor(), 2048, 1), 1);
    FitResult memory = fit(inMemory(), 1);
    assertThat(blocks.validationRows()).containsExactly(memory.validationRows());
  }

  @Test
  void blocksTeachAsMuchAsMemoryDoes() {
    double memory = fit(inMemory(), 1).best().validationLoss();
    double blocks =
        fit(new InBlocks(inFile(raw()), preprocessor(), 64, 4), 1).best().validationLoss();
    assertThat(blocks).isBetween(0.8 * memory, 1.25 * memory);
  }

  @Test
  void inputsAreCheckedInBlocksToo() {
    float[] raw = raw();
    raw[1234 * COLUMNS + 5] = 1e9f;
    InBlocks blocks = new InBlocks(inFile(raw), preprocessor(), 64, 3);
    Objective bce = new Objective(Reconstruction.BCE, Reduction.MEAN, 1e-6, Reduction.MEAN);
    NetworkSpec spec =
        new NetworkSpec.Autoencoder(
            List.of(Toys.dense(COLUMNS, 4, new Activation.Tanh())),
            List.of(Toys.dense(4, COLUMNS, new Activation.Sigmoid())));
    assertThatThrownBy(
            () -> new Fit().run(spec, bce, rows(blocks), Toys.settings(64, 1, 0, 1, 1), SILENT))
        .isInstanceOf(Unsuitable.class)
        .hasMessageContaining("Row 1234, column 5 is");
  }

  private FitResult fit(InputRows inputs, int threads) {
    return new Fit()
        .run(
            Toys.vae(COLUMNS, 70, 5),
            Toys.MSE,
            rows(inputs),
            Toys.settings(100, 3, 0.1, 7, threads),
            SILENT);
  }

  private static TrainingRows rows(InputRows inputs) {
    return new TrainingRows(inputs, null, null);
  }

  private static InMemory inMemory() {
    float[] inputs = new float[ROWS * COLUMNS];
    preprocessor().apply(raw(), ROWS, inputs);
    return new InMemory(inputs, ROWS, COLUMNS);
  }

  private static float[] raw() {
    float[] raw = Toys.rows(ROWS, COLUMNS, 5).inputs().clone();
    for (int i = 0; i < raw.length; i++) {
      raw[i] = raw[i] * 40 - 7;
    }
    return raw;
  }

  private static Preprocessor preprocessor() {
    List<FeatureSpec> features =
        IntStream.range(0, COLUMNS)
            .<FeatureSpec>mapToObj(i -> new Numeric("x" + i, "x" + i, false))
            .toList();
    Treatment minMax = new Treatment(Transform.NONE, Scaling.MIN_MAX);
    return Preprocessor.fit(features, Collections.nCopies(COLUMNS, minMax), raw(), ROWS);
  }

  private RowValues inFile(float[] raw) {
    RowWriter writer = new RowWriter(new Storage(directory, 0), ROWS, COLUMNS);
    for (float value : raw) {
      writer.put(value);
    }
    return writer.finish();
  }

  private static void assertSame(FitResult actual, FitResult expected) {
    assertThat(actual.parameters()).usingRecursiveComparison().isEqualTo(expected.parameters());
    assertThat(actual.history())
        .usingRecursiveComparison()
        .ignoringFields("seconds")
        .isEqualTo(expected.history());
  }
}
