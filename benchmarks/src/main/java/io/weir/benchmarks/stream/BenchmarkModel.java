package io.weir.benchmarks.stream;

import io.weir.benchmarks.ChildJvm;
import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/// A model trained on events like those that are streamed, and what it makes of them one by one.
final class BenchmarkModel implements AutoCloseable {
  private static final long HISTORY_SEED = 8;
  private static final int SAMPLE = 100_000;
  private static final int HISTORY_KEYS = 50;

  private final Workload workload;
  private final Detector detector;

  private BenchmarkModel(Workload workload, Detector detector) {
    this.workload = workload;
    this.detector = detector;
  }

  /// Trains as a user would, by the command, into `directory`/model.onnx.
  static BenchmarkModel train(Workload workload, Path directory, Path log)
      throws IOException, InterruptedException, DetectorRefusedException {
    Path model = directory.resolve("model.onnx");
    train(directory, workload, model, workload.training(), log);
    return new BenchmarkModel(workload, Detector.open(model));
  }

  /// Trains a dense model of windows, padded while they are not full, into
  /// `directory`/windows.onnx.
  static Detector trainWindows(Path directory, int steps, Path log)
      throws IOException, InterruptedException, DetectorRefusedException {
    Path model = directory.resolve("windows.onnx");
    List<String> flags =
        List.of(
            "--layers=32",
            "--latent=8",
            "--epochs=1",
            "--steps=" + steps,
            "--warm-up=padded",
            "--stride=4");
    train(directory, Workload.SIXTEEN, model, flags, log);
    return Detector.open(model);
  }

  private static void train(
      Path directory, Workload workload, Path model, List<String> flags, Path log)
      throws IOException, InterruptedException {
    Path history = directory.resolve("history.csv");
    writeHistory(history, workload);
    List<String> command =
        new ArrayList<>(
            List.of("train", "--data", history.toString(), "--key=key", "--out=" + model));
    command.addAll(flags);
    ChildJvm.run(
        log, List.of("--add-modules", "jdk.incubator.vector"), io.weir.trainer.Main.class, command);
  }

  private static void writeHistory(Path csv, Workload workload) throws IOException {
    BenchmarkEvents history = new BenchmarkEvents(HISTORY_SEED, workload.features());
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(csv))) {
      StringJoiner header = new StringJoiner(",").add("key");
      for (int i = 0; i < workload.features(); i++) {
        header.add("f" + i);
      }
      out.println(header);
      for (int row = 0; row < workload.history(); row++) {
        if (!BenchmarkEvents.anomalous(row)) {
          StringJoiner line = new StringJoiner(",").add(Integer.toString(row % HISTORY_KEYS));
          for (float value : history.features(row)) {
            line.add(Float.toString(value));
          }
          out.println(line);
        }
      }
    }
  }

  Path file() {
    return Path.of(detector.origin());
  }

  /// The events that it is meant for.
  BenchmarkEvents events(long seed) {
    return new BenchmarkEvents(seed, workload.features());
  }

  /// The score that 1 % of the first events pass: halfway between the two scores around it.
  double threshold(BenchmarkEvents events) {
    int sample = Math.min(SAMPLE, workload.events() / 4);
    float[] scores = new float[sample];
    score(events, sample, (index, score) -> scores[(int) index] = score);
    Arrays.sort(scores);
    int cut = sample - sample / BenchmarkEvents.ANOMALY_EVERY;
    return ((double) scores[cut - 1] + scores[cut]) / 2;
  }

  /// How many of the first `count` events score above a threshold.
  long alerts(BenchmarkEvents events, long count, double threshold) {
    long[] alerts = {0};
    score(
        events,
        count,
        (_, score) -> {
          if (score > threshold) {
            alerts[0]++;
          }
        });
    return alerts[0];
  }

  /// What is done with an event's score.
  interface ScoreUse {
    void take(long index, float score);
  }

  /// Scores the first `count` events.
  void score(BenchmarkEvents events, long count, ScoreUse use) {
    try (BatchScorer scorer = detector.scorer(512)) {
      for (long from = 0; from < count; from += scorer.maxBatch()) {
        int rows = (int) Math.min(scorer.maxBatch(), count - from);
        for (int row = 0; row < rows; row++) {
          System.arraycopy(
              events.features(from + row),
              0,
              scorer.features(),
              row * events.size(),
              events.size());
        }
        scorer.scoreRows(rows);
        for (int row = 0; row < rows; row++) {
          use.take(from + row, scorer.score(row));
        }
      }
    }
  }

  @Override
  public void close() {
    detector.close();
  }
}
