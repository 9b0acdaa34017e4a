package io.weir.benchmarks.calibration;

import io.weir.benchmarks.Count;
import io.weir.benchmarks.Folders;
import io.weir.benchmarks.quality.LabelledSet;
import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.trainer.data.DataReader;
import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.report.CardReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/// How many normal events become alerts, beside how many were asked for, by `quantile:P`, `tail:P`
/// and `budget:N/day`.
public final class AlertRates {
  private static final int EVENTS = 10_000_000;
  private static final int TRAINED_ON = 20_000;
  private static final int[] VALIDATED_ON = {20_000, 200_000};
  private static final double[] SHARES = {1e-2, 1e-3, 1e-4, 1e-5, 1e-6};
  private static final double[] SHARES_OF_SETS = {0.05, 0.01, 0.001};
  private static final List<String> SETS =
      List.of("annthyroid", "mammography", "pendigits", "satellite", "shuttle");
  private static final int BATCH = 512;
  private static final long SEED = 5;

  private final List<String> violations = new ArrayList<>();
  private final Path folder;

  private AlertRates(Path folder) {
    this.folder = folder;
  }

  /// Argument: how many events, also as `--events N`. Tables on stdout, what the models say of
  /// their tails on stderr. The labelled sets need `WEIR_DATA`.
  public static void main(String[] args) throws IOException, DetectorRefusedException {
    List<String> rest = new ArrayList<>(Arrays.asList(args));
    rest.remove("--events");
    int events = rest.isEmpty() ? EVENTS : Count.of("EVENTS", rest.getFirst());
    Path folder = Files.createTempDirectory("weir-calibration");
    AlertRates rates = new AlertRates(folder);
    try {
      System.out.println(
          "%,d events without anomalies; in brackets realised / asked".formatted(events));
      header();
      for (Events kind : Events.values()) {
        for (int validated : VALIDATED_ON) {
          rates.synthetic(kind, validated, events);
        }
      }
      if (System.getenv("WEIR_DATA") == null) {
        System.err.println("WEIR_DATA is not set: no labelled sets");
      } else {
        System.out.println();
        System.out.println(
            "Normal rows of labelled sets: 30 % train, 30 % validate, 40 % are scored");
        header();
        for (String set : SETS) {
          rates.labelled(LabelledSet.named(set));
        }
      }
    } finally {
      Folders.delete(folder);
    }
    if (!rates.violations.isEmpty()) {
      throw new IllegalStateException(
          "Rates that chance does not explain:\n" + String.join("\n", rates.violations));
    }
  }

  private static void header() {
    System.out.println(
        "| data | validation rows | asked | quantile | tail | budget, alerts/day | realised |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|");
  }

  private void synthetic(Events kind, int validated, int events)
      throws IOException, DetectorRefusedException {
    String name = kind.name().toLowerCase(Locale.ROOT);
    int rows = TRAINED_ON + validated;
    Path csv = folder.resolve("%s-%d.csv".formatted(name, validated));
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(csv))) {
      out.println(String.join(",", header("f", Events.FEATURES)));
      SplittableRandom random = new SplittableRandom(SEED);
      float[] row = new float[Events.FEATURES];
      for (int i = 0; i < rows; i++) {
        kind.next(random, row, 0);
        out.println(line(row));
      }
    }
    Path model =
        TrainedModel.train(
            csv,
            (double) validated / rows,
            folder.resolve("model.onnx"),
            "--layers",
            "16,8",
            "--latent",
            "3",
            "--epochs",
            "10");
    try (Detector detector = Detector.open(model);
        BatchScorer scorer = detector.scorer(BATCH)) {
      System.err.println(name + ": " + CardReport.tail(detector.card().scores()));
      List<AskedRate> asked = asked(detector, SHARES);
      SplittableRandom random = new SplittableRandom(SEED + 1);
      for (int from = 0; from < events; from += BATCH) {
        int count = Math.min(BATCH, events - from);
        for (int row = 0; row < count; row++) {
          kind.next(random, scorer.features(), row * Events.FEATURES);
        }
        count(scorer, count, asked);
      }
      report(name, events, asked);
    }
  }

  private void labelled(LabelledSet set) throws IOException, DetectorRefusedException {
    List<String> normal = new ArrayList<>();
    String header;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(set.file())), StandardCharsets.UTF_8))) {
      header = in.readLine();
      in.lines().filter(line -> line.endsWith(",0")).forEach(normal::add);
    }
    Collections.shuffle(normal, new Random(SEED));
    int known = (int) (0.6 * normal.size());
    Path train = write("train.csv", header, normal.subList(0, known));
    Path rest = write("rest.csv", header, normal.subList(known, normal.size()));
    Path model = TrainedModel.train(train, 0.5, folder.resolve("model.onnx"), "--exclude", "label");
    try (Detector detector = Detector.open(model);
        BatchScorer scorer = detector.scorer(BATCH)) {
      System.err.println(set.name() + ": " + CardReport.tail(detector.card().scores()));
      List<AskedRate> asked = asked(detector, SHARES_OF_SETS);
      Dataset rows = DataReader.bind(DataRequest.of(rest.toString()), detector.card().features());
      for (int from = 0; from < rows.rows(); from += BATCH) {
        int count = Math.min(BATCH, rows.rows() - from);
        rows.raw().read(from, count, scorer.features(), 0);
        count(scorer, count, asked);
      }
      report(set.name(), rows.rows(), asked);
    }
  }

  private Path write(String name, String header, List<String> lines) throws IOException {
    List<String> all = new ArrayList<>(List.of(header));
    all.addAll(lines);
    return Files.write(folder.resolve(name), all);
  }

  private static List<AskedRate> asked(Detector detector, double[] shares) {
    return Arrays.stream(shares).mapToObj(p -> new AskedRate(p, detector.card())).toList();
  }

  private static void count(BatchScorer scorer, int rows, List<AskedRate> asked) {
    scorer.scoreRows(rows);
    for (int row = 0; row < rows; row++) {
      for (AskedRate rate : asked) {
        rate.take(scorer.score(row));
      }
    }
  }

  private void report(String data, long events, List<AskedRate> asked) {
    for (AskedRate rate : asked) {
      System.out.println(rate.row(data, events));
      violations.addAll(rate.violations(data, events));
    }
  }

  private static List<String> header(String prefix, int columns) {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      names.add(prefix + c);
    }
    return names;
  }

  private static String line(float[] row) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < row.length; c++) {
      line.append(c == 0 ? "" : ",").append(row[c]);
    }
    return line.toString();
  }
}
