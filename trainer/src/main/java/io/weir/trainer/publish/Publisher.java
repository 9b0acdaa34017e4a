package io.weir.trainer.publish;

import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.schemas.card.Background;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.GoldenVector;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.onnx.DetectorFile;
import io.weir.trainer.onnx.TrainedDetector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// Publishes a trained detector: parity gate, scores, model card, golden vectors, one file.
public final class Publisher {
  private static final int BATCH = 512;

  private Publisher() {}

  /// Publishes without a background: single scores cannot be explained.
  public static Published publish(
      TrainedDetector trained,
      Provenance provenance,
      RowValues training,
      RowValues validation,
      Function<float[], Judgement> judge,
      Path file)
      throws ParityException, DetectorRefusedException, IOException {
    return publish(trained, provenance, training, validation, judge, Optional.empty(), file);
  }

  /// Publishes.
  ///
  /// The scores that `judge` is given come from ONNX Runtime, so the thresholds are cut from the
  /// very numbers that the stream will see.
  ///
  /// @param training [rows x features], or of windows [rows x steps * features]: raw rows that the
  ///   parity gate draws from, at least one
  /// @param validation likewise, raw rows that are scored and judged, at least one; the training
  ///   rows where none were held back
  /// @param judge turns the validation scores, in the order of the rows, into a distribution and
  ///   thresholds
  /// @param background what explanations compare events with, see [BackgroundRows]
  /// @param file replaced in one step; on any failure it stays as it was
  /// @throws ParityException when ONNX Runtime and the engine disagree
  /// @throws DetectorRefusedException when the written file does not open as published
  /// @throws IOException when the file cannot be written
  public static Published publish(
      TrainedDetector trained,
      Provenance provenance,
      RowValues training,
      RowValues validation,
      Function<float[], Judgement> judge,
      Optional<Background> background,
      Path file)
      throws ParityException, DetectorRefusedException, IOException {
    requireRows("training", training, trained);
    requireRows("validation", validation, trained);
    byte[] draft = DetectorFile.bytes(trained, CardWriter.draft(trained, provenance));
    Parity parity;
    ModelCard card;
    try (Detector detector = Detector.draft(draft, file.toString())) {
      parity = ParityGate.check(detector, trained, training);
      float[] scores = scores(detector, validation);
      Judgement judgement = judge.apply(scores.clone());
      List<GoldenVector> golden = GoldenVectors.choose(detector, validation, scores);
      card =
          CardWriter.complete(trained, provenance, judgement, golden)
              .withBackground(background.orElse(null));
    }
    byte[] model = DetectorFile.bytes(trained, card);
    AtomicReference<String> sha256 = new AtomicReference<>();
    AtomicFile.<DetectorRefusedException>write(
        file,
        model,
        written -> {
          try (Detector published = Detector.open(written)) {
            sha256.set(published.sha256());
          }
        });
    return new Published(file, card, sha256.get(), model.length, parity);
  }

  /// The scores of raw rows by ONNX Runtime, in the order of the rows.
  private static float[] scores(Detector detector, RowValues raw) {
    float[] scores = new float[raw.rows()];
    try (BatchScorer scorer = detector.scorer(BATCH)) {
      for (int from = 0; from < scores.length; from += BATCH) {
        int rows = Math.min(BATCH, scores.length - from);
        raw.read(from, rows, scorer.features(), 0);
        scorer.scoreRows(rows);
        for (int row = 0; row < rows; row++) {
          scores[from + row] = scorer.score(row);
        }
      }
    }
    return scores;
  }

  private static void requireRows(String what, RowValues raw, TrainedDetector trained) {
    if (raw.rows() == 0 || raw.columns() != trained.rowValues()) {
      throw new IllegalArgumentException(
          "%d %s rows of %d values are not one or more rows of %d events x %d features"
              .formatted(
                  raw.rows(),
                  what,
                  raw.columns(),
                  trained.steps(),
                  trained.preprocessor().features().size()));
    }
  }
}
