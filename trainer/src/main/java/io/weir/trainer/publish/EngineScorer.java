package io.weir.trainer.publish;

import io.weir.detector.Agreement;
import io.weir.detector.Explanation;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.engine.network.Inference;
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.RowLosses;
import io.weir.trainer.onnx.TrainedDetector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the engine that trained the network says about raw rows: the other side of the parity gate,
/// without ONNX.
final class EngineScorer {
  /// Keras' clip of probabilities, as in [RowLosses].
  private static final float SMALLEST_PROBABILITY = 1e-7f;

  /// How far two implementations of the sigmoid may be apart, in units in the last place.
  private static final float SIGMOID_ULPS = 4;

  private final TrainedDetector detector;
  private final Preprocessor preprocessor;
  private final Objective objective;
  private final double klWeight;
  private final Inference inference;

  EngineScorer(TrainedDetector detector) {
    this.detector = detector;
    preprocessor = detector.preprocessor();
    objective = detector.objective();
    klWeight = detector.klWeight();
    inference = new Inference(detector.network(), detector.parameters());
  }

  /// One row's answer.
  ///
  /// @param reconstruction [inputs] of the network
  /// @param lossRounding how far the reconstruction loss may be off because float32 holds few
  ///   probabilities near 1, or learned variances are small; 0 for other losses
  record Answer(Explanation explanation, float[] reconstruction, double lossRounding) {}

  /// @param raw [rows x features], or of windows [rows x steps x features]
  List<Answer> score(float[] raw, int rows) {
    int inputs = detector.network().inputs();
    int values = detector.rowValues();
    int events = Math.multiplyExact(rows, detector.steps());
    float[] x = new float[Math.multiplyExact(rows, inputs)];
    preprocessor.apply(raw, events, x);
    Inference.Outputs outputs = inference.run(x);
    RowLosses losses = RowLosses.of(objective, x, outputs);
    float[] expected = new float[rows * values];
    preprocessor.expected(outputs.reconstruction(), events, expected);
    float[] contribution = new float[rows * values];
    preprocessor.contribution(errors(x, outputs), rows, detector.steps(), contribution);
    float[] probabilities = probabilities(x, outputs, losses);
    int latents = rows == 0 ? 0 : outputs.latentMean().length / rows;
    List<Answer> answers = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      double score = score(losses, row);
      if (probabilities != null) {
        boolean overflowed =
            Float.isNaN(probabilities[row])
                || Float.isInfinite(overflowed(losses.reconstruction()[row]));
        score = overflowed ? 1 : probabilities[row];
      }
      answers.add(
          new Answer(
              new Explanation(
                  overflowed(score),
                  overflowed(losses.reconstruction()[row]),
                  overflowed(losses.klDivergence()[row]),
                  row(expected, row, values),
                  row(contribution, row, values),
                  row(outputs.latentMean(), row, latents)),
              row(outputs.reconstruction(), row, inputs),
              lossRounding(x, outputs, row)));
    }
    return answers;
  }

  /// What is no number is infinitely far from normal, as in the graph.
  private static float overflowed(double loss) {
    return Double.isNaN(loss) ? Float.POSITIVE_INFINITY : (float) loss;
  }

  private double score(RowLosses losses, int row) {
    return klWeight == 0 ? losses.reconstruction()[row] : losses.score(row, klWeight);
  }

  /// What the classifier says, [rows]; null without one.
  private float[] probabilities(float[] x, Inference.Outputs outputs, RowLosses losses) {
    Classifier head = detector.network().classifier().orElse(null);
    if (head == null) {
      return null;
    }
    return inference.classify(
        switch (head.input()) {
          case LATENT -> outputs.latentMean();
          case RECONSTRUCTION_LOSS -> interleaved(losses.reconstruction());
          case LOSSES -> interleaved(losses.reconstruction(), losses.klDivergence());
          case INPUTS -> x;
        });
  }

  private static float[] interleaved(double[]... columns) {
    int rows = columns[0].length;
    float[] values = new float[rows * columns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) columns[i % columns.length][i / columns.length];
    }
    return values;
  }

  /// What each output is to blame for; with learned variance, its squared error in units of that.
  private float[] errors(float[] x, Inference.Outputs outputs) {
    float[] y = outputs.reconstruction();
    float[] errors = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      errors[i] =
          switch (objective.reconstruction()) {
            case MSE, L1, BCE ->
                (float) RowLosses.element(objective.reconstruction(), x[i], outputs, i);
            case GAUSSIAN -> {
              double precision = Math.exp(-clipped(outputs.outputLogVariance()[i]));
              yield (float) ((y[i] - x[i]) * (y[i] - x[i]) * precision);
            }
          };
    }
    return errors;
  }

  private double lossRounding(float[] inputs, Inference.Outputs outputs, int row) {
    int columns = detector.network().inputs();
    double rounding = 0;
    for (int i = row * columns; i < (row + 1) * columns; i++) {
      float x = inputs[i];
      float y = outputs.reconstruction()[i];
      rounding +=
          switch (objective.reconstruction()) {
            case MSE, L1 -> 0;
            case BCE -> {
              float p = probability(y);
              double slope = Math.abs(x) / p + Math.abs(1.0 - x) / (1.0 - p);
              yield SIGMOID_ULPS * Math.ulp(p) * slope;
            }
            case GAUSSIAN -> {
              double off = Agreement.ROUNDING * unit(inputs, outputs, row);
              double precision = Math.exp(-clipped(outputs.outputLogVariance()[i]));
              double away = Math.abs((double) y - x);
              yield precision * off * (2 * away + off) + off * (1 + away * away * precision);
            }
          };
    }
    return switch (objective.reconstructionReduction()) {
      case MEAN -> rounding / columns;
      case SUM -> rounding;
    };
  }

  /// The largest network input and latent of the row, at least 1.
  private double unit(float[] inputs, Inference.Outputs outputs, int row) {
    double unit = 1;
    int columns = detector.network().inputs();
    int latents = outputs.latentMean().length / outputs.rows();
    for (int i = row * columns; i < (row + 1) * columns; i++) {
      unit = Math.max(unit, Math.abs(inputs[i]));
    }
    for (int i = row * latents; i < (row + 1) * latents; i++) {
      unit = Math.max(unit, Math.abs(outputs.latentMean()[i]));
    }
    return unit;
  }

  private static float clipped(float logVariance) {
    float bound = Reconstruction.LARGEST_LOG_VARIANCE;
    return Math.clamp(logVariance, -bound, bound);
  }

  private static float probability(float y) {
    return Math.clamp(y, SMALLEST_PROBABILITY, 1 - SMALLEST_PROBABILITY);
  }

  private static float[] row(float[] values, int row, int columns) {
    return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
  }
}
