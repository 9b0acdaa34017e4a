package io.weir.benchmarks.incidents;

import io.weir.benchmarks.ChildJvm;
import io.weir.benchmarks.Folders;
import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.detector.Explainer;
import io.weir.detector.Explanation;
import io.weir.schemas.features.FeatureSpec;
import io.weir.streams.config.ThresholdPolicy;
import io.weir.streams.judge.Judge;
import io.weir.streams.judge.UnresolvableThresholdException;
import io.weir.streams.mute.Anomaly;
import io.weir.streams.mute.MuteRules;
import io.weir.streams.mute.Ruling;
import io.weir.streams.mute.TaskMute;
import io.weir.streams.notify.AlertComposer;
import io.weir.streams.notify.EventOrigin;
import io.weir.streams.notify.ScoreParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/// What incidents make of the anomalous minutes of real servers: how many alerts, how many of the
/// labelled segments they catch, how many alerts lie outside of them.
public final class Incidents {
  private static final long MINUTE = 60_000;
  private static final MuteRules RULES = new MuteRules(List.of(), 0, 5 * MINUTE, 15 * MINUTE);
  private static final List<String> POLICIES =
      List.of("quantile:0.999", "tail:0.001", "tail:0.0001");
  private static final int BATCH = 512;

  /// So many minutes after the last one close what is open.
  private static final int AFTERWARDS = 100;

  private Incidents() {}

  /// Arguments: `[--machines NAME,...] [FLAGS OF TRAIN...]`.
  public static void main(String[] args) throws Exception {
    List<String> flags = new ArrayList<>(Arrays.asList(args));
    List<String> names = List.of();
    int at = flags.indexOf("--machines");
    if (at >= 0) {
      if (at + 1 == flags.size()) {
        throw new IllegalArgumentException(
            "--machines needs names, such as machine-2-2,machine-3-4");
      }
      names = List.of(flags.get(at + 1).split(","));
      flags.subList(at, at + 2).clear();
    }
    List<Machine> machines = Machine.of(names);
    Path folder = Files.createTempDirectory("weir-incidents");
    try {
      System.out.println(
          "| machine | threshold policy | threshold | flags | opened | updated | closed |"
              + " suppressed | segments flagged | segments alerted | flags outside | alerts outside"
              + " |");
      System.out.println("|---|---" + "|---:".repeat(10) + "|");
      for (Machine machine : machines) {
        run(machine, folder, flags);
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private static void run(Machine machine, Path folder, List<String> flags) throws Exception {
    Path model = folder.resolve(machine.name() + ".onnx");
    List<String> train =
        new ArrayList<>(
            List.of(
                "train",
                "--data",
                machine.train().toString(),
                "--time",
                "t",
                "--seed",
                "0",
                "--no-progress",
                "--out",
                model.toString()));
    train.addAll(flags);
    ChildJvm.run(
        folder.resolve("log.txt"),
        List.of("--add-modules", "jdk.incubator.vector"),
        TrainWorker.class,
        train);
    try (Detector detector = Detector.open(model)) {
      for (String policy : POLICIES) {
        try {
          Judge judge = Judge.of(ThresholdPolicy.parse(policy), detector.card());
          System.out.println(row(machine, policy, detector, judge));
        } catch (UnresolvableThresholdException | IllegalArgumentException e) {
          System.err.printf("%s %s is left out: %s%n", machine.name(), policy, e.getMessage());
        }
      }
    }
  }

  private static String row(Machine machine, String policy, Detector detector, Judge judge)
      throws Exception {
    Machine.Minutes minutes =
        machine.minutes(detector.card().features().stream().map(FeatureSpec::field).toList());
    Tally tally = new Tally(minutes.segments());
    AlertComposer composer = new AlertComposer(detector, judge, 5);
    TopicPartition partition = new TopicPartition(machine.name(), 0);
    TaskMute mute = new TaskMute(RULES, new HeapStore(), _ -> true, "benchmark");
    byte[] key = machine.name().getBytes(StandardCharsets.UTF_8);
    String example = null;
    int width = detector.card().rowValues();
    try (BatchScorer scorer = detector.scorer(BATCH);
        Explainer explainer = detector.explainer(1)) {
      for (int from = 0; from < minutes.rows().size(); from += BATCH) {
        int rows = Math.min(BATCH, minutes.rows().size() - from);
        for (int i = 0; i < rows; i++) {
          System.arraycopy(minutes.rows().get(from + i), 0, scorer.features(), i * width, width);
        }
        scorer.scoreRows(rows);
        for (int i = 0; i < rows; i++) {
          int minute = from + i;
          float[] raw = minutes.rows().get(minute);
          mute.tick(partition.topic(), minute * MINUTE, tally::tell);
          int segment = judge.segment(raw, 0);
          float score = scorer.score(i);
          if (!judge.isAnomalous(segment, score)) {
            continue;
          }
          tally.flag(minute);
          Explanation explanation = explainer.explain(raw, 0);
          Anomaly anomaly =
              new Anomaly(
                  partition,
                  minute,
                  key,
                  minute * MINUTE,
                  score,
                  judge.severity(segment, score),
                  raw,
                  explanation);
          ScoreParts parts =
              new ScoreParts(score, scorer.reconstructionLoss(i), scorer.klDivergence(i));
          Ruling ruling =
              mute.rule(
                  anomaly,
                  () ->
                      composer.alert(
                          new EventOrigin(partition.topic(), 0, minute, key, minute * MINUTE),
                          parts,
                          segment,
                          1,
                          raw,
                          explanation),
                  tally::tell);
          switch (ruling) {
            case Ruling.Alerted(var notice) -> {
              tally.tell(notice);
              example = example == null ? notice.alert().getSentence() : example;
            }
            case Ruling.CoolingDown(), Ruling.KnownIncident() -> tally.suppress();
            case Ruling.Ignored(var rule) ->
                throw new IllegalStateException("There is no rule " + rule.name());
          }
        }
      }
    }
    for (int i = 0; i < AFTERWARDS; i++) {
      mute.tick(partition.topic(), (minutes.rows().size() + i) * MINUTE, tally::tell);
    }
    tally.check();
    System.err.printf("%s %s, the first alert: %s%n", machine.name(), policy, example);
    return tally.row(machine.name(), policy, judge.threshold(Judge.ALL).value());
  }
}
