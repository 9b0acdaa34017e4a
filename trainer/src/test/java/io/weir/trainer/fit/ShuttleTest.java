package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.network.Inference;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import io.weir.trainer.fit.loss.RowLosses;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// A published variational autoencoder on real data: rows of the space shuttle's sensors.
class ShuttleTest {
  private static final int COLUMNS = 9;
  private static final int EPOCHS = 5;

  @Test
  void findsTheAnomaliesOfShuttle() throws IOException {
    Path root =
        Path.of(Optional.ofNullable(System.getenv("WEIR_DATA")).orElse("../../shared/data"));
    Path file = root.resolve("tabular/shuttle.csv.gz");
    assumeTrue(Files.exists(file), "set WEIR_DATA to the folder of the real data to run this");
    List<float[]> rows = read(file);
    List<float[]> training = new ArrayList<>();
    List<float[]> rest = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (i % 10 >= 7) {
        rest.add(rows.get(i));
      } else if (rows.get(i)[COLUMNS] == 0) {
        training.add(rows.get(i));
      }
    }
    scale(training, rest);
    Objective objective = new Objective(Reconstruction.MSE, Reduction.MEAN, 1e-6, Reduction.MEAN);
    FitSettings settings =
        new FitSettings(Adam.keras(5e-4), 32, EPOCHS, 0.1, Optional.empty(), 1, 2);

    FitResult result =
        new Fit()
            .run(
                extended(),
                objective,
                new TrainingRows(flat(training), training.size(), COLUMNS),
                settings,
                new FitListener() {});

    float[] inputs = flat(rest);
    Inference.Outputs outputs = new Inference(extended(), result.parameters()).run(inputs);
    assertThat(extended().parameters())
        .as("i, n, h, l = 20, 10, 7, 3 on 9 columns")
        .isEqualTo(1492);
    assertThat(auroc(RowLosses.of(objective, inputs, outputs), rest, objective.beta()))
        .isGreaterThan(0.98);
  }

  /// ML4Anomalies' extended VAE.
  private static NetworkSpec.Vae extended() {
    return new NetworkSpec.Vae(
        chain(COLUMNS, 20, 10, 10, 10, 7),
        Toys.dense(7, 3, new Activation.Linear()),
        Toys.dense(7, 3, new Activation.Linear()),
        chain(3, 7, 10, 10, 10, 20, COLUMNS));
  }

  private static List<LayerSpec> chain(int... sizes) {
    List<LayerSpec> layers = new ArrayList<>();
    for (int i = 1; i < sizes.length; i++) {
      layers.add(
          new Dense(
              sizes[i - 1], sizes[i], new Activation.LeakyRelu(0.3f), Initializer.GLOROT_UNIFORM));
    }
    return layers;
  }

  private static List<float[]> read(Path file) throws IOException {
    List<float[]> rows = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      in.readLine();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] fields = line.split(",");
        float[] row = new float[COLUMNS + 1];
        for (int c = 0; c <= COLUMNS; c++) {
          row[c] = Float.parseFloat(fields[c]);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static void scale(List<float[]> training, List<float[]> rest) {
    for (int c = 0; c < COLUMNS; c++) {
      float min = Float.MAX_VALUE;
      float max = -Float.MAX_VALUE;
      for (float[] row : training) {
        min = Math.min(min, row[c]);
        max = Math.max(max, row[c]);
      }
      for (List<float[]> part : List.of(training, rest)) {
        for (float[] row : part) {
          row[c] = (row[c] - min) / (max - min);
        }
      }
    }
  }

  private static float[] flat(List<float[]> rows) {
    float[] inputs = new float[rows.size() * COLUMNS];
    for (int r = 0; r < rows.size(); r++) {
      System.arraycopy(rows.get(r), 0, inputs, r * COLUMNS, COLUMNS);
    }
    return inputs;
  }

  /// Probability that an anomaly scores higher than a normal row (no ties here).
  private static double auroc(RowLosses losses, List<float[]> rows, double beta) {
    Integer[] order = new Integer[rows.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> losses.score(i, beta)));
    long normals = 0;
    long pairs = 0;
    long anomalies = 0;
    for (int i : order) {
      if (rows.get(i)[COLUMNS] == 0) {
        normals++;
      } else {
        anomalies++;
        pairs += normals;
      }
    }
    return (double) pairs / (normals * anomalies);
  }
}
