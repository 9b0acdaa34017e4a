package io.weir.benchmarks.incidents;

import io.weir.benchmarks.ChildJvm;
import io.weir.benchmarks.Folders;
import io.weir.detector.Detector;
import io.weir.detector.Explainer;
import io.weir.detector.Explanation;
import io.weir.schemas.card.ThresholdPolicy;
import io.weir.schemas.card.UnresolvableThresholdException;
import io.weir.schemas.features.FeatureSpec;
import io.weir.streams.judge.Judge;
import io.weir.streams.mute.Anomaly;
import io.weir.streams.mute.MuteRules;
import io.weir.streams.mute.Ruling;
import io.weir.streams.mute.TaskMute;
import io.weir.streams.notify.AlertComposer;
import io.weir.streams.notify.EventOrigin;
import io.weir.streams.notify.ScoreParts;
import io.weir.streams.path.HeapStore;
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
  private static final int FEATURES_MAX = 5;

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
      Scored scored =
          Scored.of(
              detector,
              machine.minutes(
                  detector.card().features().stream().map(FeatureSpec::field).toList()));
      for (String policy : POLICIES) {
        try {
          row(machine, policy, ThresholdPolicy.parse(policy), detector, scored);
        } catch (UnresolvableThresholdException | IllegalArgumentException e) {
          System.err.printf("%s %s is left out: %s%n", machine.name(), policy, e.getMessage());
        }
      }
      row(
          machine,
          "best F1, an oracle",
          new ThresholdPolicy.Value(scored.bestThreshold()),
          detector,
          scored);
    }
  }

  private static void row(
      Machine machine, String name, ThresholdPolicy policy, Detector detector, Scored scored)
      throws UnresolvableThresholdException {
    Judge judge = Judge.of(policy, detector.card());
    int[] segments = scored.minutes().segments();
    Tally tally = new Tally(segments);
    AlertComposer composer = new AlertComposer(detector, judge, FEATURES_MAX);
    TopicPartition partition = new TopicPartition(machine.name(), 0);
    byte[] key = machine.name().getBytes(StandardCharsets.UTF_8);
    TaskMute mute = new TaskMute(RULES, new HeapStore("mute"), _ -> true, "benchmark");
    try (Explainer explainer = detector.explainer(1)) {
      for (int minute = 0; minute < segments.length; minute++) {
        float[] raw = scored.minutes().rows().get(minute);
        ScoreParts parts = scored.scores().get(minute);
        long timestamp = minute * MINUTE;
        mute.tick(partition.topic(), timestamp, tally::tell);
        int segment = judge.segment(raw, 0);
        if (!judge.isAnomalous(segment, parts.score())) {
          continue;
        }
        tally.flag(minute);
        Explanation explanation = explainer.explain(raw, 0);
        EventOrigin origin = new EventOrigin(partition.topic(), 0, minute, key, timestamp);
        Ruling ruling =
            mute.rule(
                new Anomaly(
                    partition,
                    minute,
                    key,
                    timestamp,
                    parts.score(),
                    judge.severity(segment, parts.score()),
                    raw,
                    explanation),
                () -> composer.alert(origin, parts, segment, 1, raw, explanation),
                tally::tell);
        switch (ruling) {
          case Ruling.Alerted(var notice) -> tally.tell(notice);
          case Ruling.CoolingDown(), Ruling.KnownIncident() -> tally.suppress();
          case Ruling.Ignored(var rule) ->
              throw new IllegalStateException("There is no rule " + rule.name());
        }
      }
    }
    for (int i = 0; i < AFTERWARDS; i++) {
      mute.tick(partition.topic(), (segments.length + i) * MINUTE, tally::tell);
    }
    tally.check();
    System.out.println(tally.row(machine.name(), name, judge.threshold(Judge.ALL).value()));
  }
}
