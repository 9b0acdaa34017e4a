package io.weir.benchmarks.incidents;

import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.streams.notify.ScoreParts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The scores of a machine's minutes.
record Scored(Machine.Minutes minutes, List<ScoreParts> scores) {
  private static final int BATCH = 512;

  static Scored of(Detector detector, Machine.Minutes minutes) {
    List<ScoreParts> scores = new ArrayList<>();
    int width = detector.card().rowValues();
    int all = minutes.rows().size();
    try (BatchScorer scorer = detector.scorer(BATCH)) {
      for (int from = 0; from < all; from += BATCH) {
        int rows = Math.min(BATCH, all - from);
        for (int i = 0; i < rows; i++) {
          System.arraycopy(minutes.rows().get(from + i), 0, scorer.features(), i * width, width);
        }
        scorer.scoreRows(rows);
        for (int i = 0; i < rows; i++) {
          scores.add(
              new ScoreParts(
                  scorer.score(i), scorer.reconstructionLoss(i), scorer.klDivergence(i)));
        }
      }
    }
    return new Scored(minutes, scores);
  }

  /// The threshold with the highest F1 of all, by the labels: what no policy can know.
  double bestThreshold() {
    List<Integer> order =
        IntStream.range(0, scores.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -scores.get(i).score()))
            .toList();
    long anomalous = minutes.anomalous().stream().filter(label -> label).count();
    double best = 0;
    double threshold = Double.MAX_VALUE;
    long caught = 0;
    for (int flagged = 1; flagged < order.size(); flagged++) {
      caught += minutes.anomalous().get(order.get(flagged - 1)) ? 1 : 0;
      float next = scores.get(order.get(flagged)).score();
      double f1 = 2.0 * caught / (flagged + anomalous);
      if (f1 > best && scores.get(order.get(flagged - 1)).score() > next) {
        best = f1;
        threshold = next;
      }
    }
    return threshold;
  }
}
