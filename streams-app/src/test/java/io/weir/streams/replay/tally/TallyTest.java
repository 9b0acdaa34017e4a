package io.weir.streams.replay.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.streams.judge.Severity;
import io.weir.streams.replay.ReplayResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final long T0 = 1_767_225_600_000L;

  @Test
  void theOrderOfTheEventsAndAStopInBetweenMakeNoDifference() throws IOException {
    Tally whole = tally();
    Tally one = tally();
    Tally other = tally();
    for (int i = 0; i < 3_000; i++) {
      event(whole, i);
      event(i % 3 == 0 ? one : other, i);
    }
    Tally resumed = tally();
    for (int i = 1_499; i >= 0; i--) {
      event(resumed, i);
    }
    resumed = copy(resumed);
    for (int i = 1_500; i < 3_000; i++) {
      event(resumed, i);
    }
    Tally merged = tally();
    merged.add(other);
    merged.add(one);

    assertThat(result(merged)).isEqualTo(result(whole));
    assertThat(result(resumed)).isEqualTo(result(whole));
  }

  @Test
  void aRowCountsWhatIsLabelledAndWhatIsCaught() {
    Tally tally = new Tally(List.of(2));
    Happening[] both = {new Happening(), new Happening()};
    // Key a: two labelled events with one between that nothing is known of, a pause, one more. The
    // first threshold flags all but the first and the last.
    Label[] labels = {
      Label.ANOMALOUS, Label.UNKNOWN, Label.ANOMALOUS, Label.NORMAL, Label.ANOMALOUS
    };
    boolean[] flagged = {false, true, true, true, false};
    for (int i = 0; i < labels.length; i++) {
      both[0].clear();
      both[1].clear();
      if (flagged[i]) {
        both[0].anomalous(Severity.LOW);
        both[0].alert(true, false);
      }
      tally.event(T0 + i);
      tally.model(0).event(T0 + i, 1, both, labels[i]);
      tally.label(key("a"), labels[i], true, new Happening[][] {both});
    }
    tally.end();

    ReplayResult result =
        tally.result("id", (e, f, l) -> null, List.of(facts(2)), "labels", List.of());

    assertThat(result.labels()).isEqualTo(new ReplayResult.Labels("labels", 3, 0, 2));
    assertThat(result.models().getFirst().sweep().get(0).labelled())
        .isEqualTo(new ReplayResult.Agreement(1, 1, 2, 0.5, 1 / 3.0, 0.4, 1));
    assertThat(result.models().getFirst().sweep().get(1).labelled())
        .isEqualTo(new ReplayResult.Agreement(0, 0, 3, null, 0.0, 0.0, 0));
  }

  @Test
  void theCourseHasAtMostSixHundredStepsHoweverLongTheRangeIs() {
    TimeSeries series = new TimeSeries();
    Random random = new Random(1);
    long events = 10_000;
    for (int i = 0; i < events; i++) {
      series.event(T0 + (long) (random.nextDouble() * 400L * 86_400_000L), 1, i % 10 == 0, 0);
    }
    ReplayResult.OverTime course = series.result();

    assertThat(course.width()).isEqualTo(86_400_000);
    assertThat(course.buckets()).hasSizeBetween(300, 600);
    assertThat(course.buckets().stream().mapToLong(ReplayResult.TimeBucket::events).sum())
        .isEqualTo(events);
    assertThat(course.buckets().stream().mapToLong(ReplayResult.TimeBucket::anomalous).sum())
        .isEqualTo(events / 10);
    assertThat(course.buckets()).allMatch(bucket -> bucket.start() % course.width() == 0);
  }

  @Test
  void scoresAreInBucketsThatHoldThem() {
    LogCounts counts = new LogCounts(8);
    float[] scores = {0, -2, 1e-20f, 0.1f, 1, 1.99f, 3, Float.MAX_VALUE, Float.POSITIVE_INFINITY};
    for (float score : scores) {
      counts.count(score);
    }
    List<ReplayResult.ScoreBucket> buckets = counts.buckets();

    for (float score : new float[] {-2, 0.1f, 1, 1.99f, 3}) {
      assertThat(buckets)
          .as("bucket of %s", score)
          .anyMatch(
              b ->
                  b.count() > 0
                      && Math.min(b.from(), b.to()) <= score
                      && score <= Math.max(b.from(), b.to()));
    }
    assertThat(buckets.stream().mapToLong(ReplayResult.ScoreBucket::count).sum())
        .isEqualTo(scores.length);
    assertThat(counts.total()).isEqualTo(scores.length);
  }

  @Test
  void quantilesAreWithinTheWidthOfABucket() {
    LogCounts counts = new LogCounts(4);
    for (int i = 1; i <= 10_000; i++) {
      counts.count(i / 100f);
    }
    assertThat(counts.quantile(0.5)).isCloseTo(50, within(10.0));
    assertThat(counts.quantile(0.99)).isCloseTo(99, within(20.0));
  }

  @Test
  void ranksAgreeWithSpearmanByHandAndTiesHaveMeanRanks() {
    RankSample sample = new RankSample(100);
    float[] a = {1, 2, 2, 4};
    float[] b = {1, 3, 2, 4};
    for (int i = 0; i < a.length; i++) {
      sample.add(i, a[i], b[i]);
    }
    // Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: covariance 4.5, variances 4.5 and 5.
    assertThat(sample.correlation()).isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-12));
    assertThat(sample.isComplete()).isTrue();
  }

  @Test
  void aSampleIsTheSameInAnyOrder() {
    RankSample one = new RankSample(50);
    RankSample other = new RankSample(50);
    RankSample merged = new RankSample(50);
    Random random = new Random(2);
    long[] hashes = random.longs(1_000).toArray();
    for (int i = 0; i < hashes.length; i++) {
      one.add(hashes[i], i, -i);
      int j = hashes.length - 1 - i;
      (i % 2 == 0 ? other : merged).add(hashes[j], j, -j);
    }
    merged.add(other);

    assertThat(merged.some(50)).isEqualTo(one.some(50));
    assertThat(merged.correlation()).isCloseTo(-1, within(1e-12));
    assertThat(merged.isComplete()).isFalse();
  }

  private static Tally tally() {
    return new Tally(List.of(1, 1));
  }

  private static void event(Tally tally, int i) {
    Random random = new Random(i);
    float a = (float) Math.exp(random.nextGaussian());
    float b = a * random.nextFloat();
    long time = T0 + i * 97_000L;
    Happening[] one = {happening(a)};
    Happening[] two = {happening(b)};
    tally.event(time);
    tally.model(0).event(time, a, one, Label.UNKNOWN);
    tally.model(1).event(time, b, two, Label.UNKNOWN);
    tally.both(new TopicPartition("t", i % 3), i, time, key("k" + i % 7), a, one[0], b, two[0]);
  }

  private static Happening happening(float score) {
    Happening happening = new Happening();
    if (score > 2) {
      happening.anomalous(Severity.HIGH);
      if (score > 3) {
        happening.alert(true, true);
      } else {
        happening.suppressed("cool-down");
      }
    }
    return happening;
  }

  private static Tally copy(Tally tally) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    tally.write(new DataOutputStream(bytes));
    Tally copy = tally();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    copy.read(in);
    assertThat(in.read()).as("nothing is left").isEqualTo(-1);
    return copy;
  }

  private static ReplayResult result(Tally tally) {
    return tally.result("id", (e, f, l) -> null, List.of(facts(1), facts(1)), null, List.of());
  }

  private static ModelFacts facts(int rows) {
    return new ModelFacts(
        "m",
        "1",
        "00",
        "m.onnx",
        1,
        List.of(),
        Collections.nCopies(rows, new ModelFacts.Row("value:2", 2)),
        List.of());
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
