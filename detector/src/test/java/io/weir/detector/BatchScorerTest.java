package io.weir.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchScorerTest {
  @Test
  void givesWhatTheGraphSays() throws Exception {
    try (Detector detector = open(3);
        BatchScorer scorer = detector.scorer(4)) {
      float[] rows = {1, 2, 3, Float.NaN, 0, -1};
      System.arraycopy(rows, 0, scorer.features(), 0, rows.length);
      scorer.scoreRows(2);
      assertThat(scorer.reconstructionLoss(0)).isCloseTo(14f / 12, within(1e-6f));
      assertThat(scorer.klDivergence(0)).isEqualTo(36);
      assertThat(scorer.score(0)).isCloseTo(14f / 12 + 18, within(1e-5f));
      assertThat(scorer.score(1)).isCloseTo(0.25f / 3 + 0.5f, within(1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 14, 16, 37})
  void aRowHasTheSameBitsInEveryBatch(int features) throws Exception {
    int most = 1024;
    float[] rows = randomRows(most, features, 5);
    try (Detector detector = open(features);
        BatchScorer scorer = detector.scorer(most)) {
      System.arraycopy(rows, 0, scorer.features(), 0, rows.length);
      scorer.scoreRows(most);
      float[] expected = scores(scorer, most);
      for (int batch = 1; batch < most; batch++) {
        int start = (most - batch) / 2;
        System.arraycopy(rows, start * features, scorer.features(), 0, batch * features);
        scorer.scoreRows(batch);
        for (int row = 0; row < batch; row++) {
          assertThat(Float.floatToRawIntBits(scorer.score(row)))
              .as("row %d in a batch of %d", start + row, batch)
              .isEqualTo(Float.floatToRawIntBits(expected[start + row]));
        }
      }
    }
  }

  @Test
  void twoScorersShareOneSessionFromTwoThreads() throws Exception {
    int features = 16;
    int batch = 64;
    try (Detector detector = open(features);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int seed = 0; seed < 2; seed++) {
        float[] rows = randomRows(batch, features, seed);
        Callable<Integer> work =
            () -> {
              try (BatchScorer scorer = detector.scorer(batch)) {
                System.arraycopy(rows, 0, scorer.features(), 0, rows.length);
                scorer.scoreRows(batch);
                float[] first = scores(scorer, batch);
                int differing = 0;
                for (int i = 0; i < 2000; i++) {
                  scorer.scoreRows(batch);
                  differing += Arrays.equals(first, scores(scorer, batch)) ? 0 : 1;
                }
                return differing;
              }
            };
        wrong.add(threads.submit(work));
      }
      for (Future<Integer> count : wrong) {
        assertThat(count.get()).isZero();
      }
    }
  }

  @Test
  void aDetectorRetiredInUseIsFreedWhenTheLastScorerLetsGo() throws Exception {
    Detector detector = open(16);
    AtomicBoolean stop = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Boolean>> users = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        BatchScorer scorer = detector.scorer(32);
        users.add(
            threads.submit(
                () -> {
                  while (!stop.get()) {
                    scorer.scoreRows(32);
                  }
                  boolean aliveInUse = !detector.isFreed();
                  scorer.close();
                  return aliveInUse;
                }));
      }
      Explainer explainer = detector.explainer();
      detector.close();
      Thread.sleep(50);
      assertThat(detector.isFreed()).isFalse();
      stop.set(true);
      for (Future<Boolean> user : users) {
        assertThat(user.get()).isTrue();
      }
      assertThat(explainer.explain(new float[16], 0).score()).isZero();
      explainer.close();
      assertThat(detector.isFreed()).isTrue();
    }
  }

  @Test
  void aBatchAllocatesNoMoreThanOnnxRuntimesOwnWrappers() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Detector detector = open(64);
        BatchScorer scorer = detector.scorer(512)) {
      for (int i = 0; i < 2000; i++) {
        scorer.scoreRows(512);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      int calls = 1000;
      for (int i = 0; i < calls; i++) {
        scorer.scoreRows(512);
      }
      long each = (threads.getCurrentThreadAllocatedBytes() - before) / calls;
      assertThat(each).as("bytes allocated for a batch of 131,072 input bytes").isLessThan(2048);
    }
  }

  @Test
  void refusesMoreRowsThanItHasRoomFor() throws Exception {
    try (Detector detector = open(3);
        BatchScorer scorer = detector.scorer(4)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> scorer.scoreRows(5))
          .withMessage("5 rows do not fit a scorer of 1 to 4");
      assertThatIllegalArgumentException().isThrownBy(() -> scorer.scoreRows(0));
    }
  }

  @Test
  void givesNoScoreOfARowThatWasNotScored() throws Exception {
    try (Detector detector = open(3);
        BatchScorer scorer = detector.scorer(4)) {
      scorer.scoreRows(4);
      scorer.scoreRows(2);
      assertThatThrownBy(() -> scorer.score(2))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("Row 2 of a batch of 2 scored rows");
    }
  }

  @Test
  void aClosedScorerScoresNothing() throws Exception {
    try (Detector detector = open(3)) {
      BatchScorer scorer = detector.scorer(4);
      scorer.close();
      scorer.close();
      assertThatIllegalStateException().isThrownBy(() -> scorer.scoreRows(1));
      assertThat(detector.isFreed()).isFalse();
    }
  }

  @Test
  void explainsARowWithTheBitsOfItsScore() throws Exception {
    try (Detector detector = open(3);
        BatchScorer scorer = detector.scorer(300);
        Explainer explainer = detector.explainer()) {
      float[] rows = randomRows(300, 3, 9);
      System.arraycopy(rows, 0, scorer.features(), 0, rows.length);
      scorer.scoreRows(300);
      for (int row = 0; row < 300; row++) {
        Explanation explanation = explainer.explain(rows, row * 3);
        assertThat(explanation.score()).isEqualTo(scorer.score(row));
        assertThat(explanation.reconstructionLoss()).isEqualTo(scorer.reconstructionLoss(row));
        assertThat(explanation.klDivergence()).isEqualTo(scorer.klDivergence(row));
        assertThat(explanation.expected()).hasSize(3);
        assertThat(explanation.expected()[1]).isEqualTo(rows[row * 3 + 1] / 2);
        float[] shares = explanation.contribution();
        assertThat(shares[0] + shares[1] + shares[2]).isCloseTo(1, within(1e-6f));
        assertThat(explanation.latent()).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 37})
  void aRowIsExplainedWithTheSameBitsInEveryBatch(int features) throws Exception {
    int most = 64;
    float[] rows = randomRows(most, features, 11);
    try (Detector detector = open(features);
        Explainer single = detector.explainer();
        Explainer explainer = detector.explainer(most)) {
      for (int batch = 1; batch <= most; batch++) {
        int start = (most - batch) / 2;
        System.arraycopy(rows, start * features, explainer.features(), 0, batch * features);
        explainer.explainRows(batch);
        for (int row = 0; row < batch; row++) {
          assertThat(explainer.explanation(row))
              .as("row %d in a batch of %d", start + row, batch)
              .usingRecursiveComparison()
              .isEqualTo(single.explain(rows, (start + row) * features));
        }
      }
    }
  }

  @Test
  void anExplainerRefusesRowsItDoesNotHave() throws Exception {
    try (Detector detector = open(3);
        Explainer explainer = detector.explainer(4)) {
      assertThatThrownBy(() -> explainer.explainRows(5))
          .hasMessage("5 rows do not fit an explainer of 1 to 4");
      explainer.explainRows(2);
      assertThatThrownBy(() -> explainer.explanation(2))
          .hasMessage("Row 2 of a batch of 2 explained rows");
    }
  }

  private static Detector open(int features) throws DetectorRefusedException {
    return Detector.open(new HandBuiltModel(features).bytes(), "memory");
  }

  private static float[] randomRows(int rows, int features, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * features];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] scores(BatchScorer scorer, int rows) {
    float[] scores = new float[rows];
    for (int row = 0; row < rows; row++) {
      scores[row] = scorer.score(row);
    }
    return scores;
  }
}
