package io.weir.benchmarks.explain;

import io.weir.benchmarks.Folders;
import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.detector.Explainer;
import io.weir.detector.Explanation;
import io.weir.detector.shap.EventExplainer;
import io.weir.detector.shap.FeatureEffect;
import io.weir.detector.shap.ScoreExplanation;
import io.weir.schemas.features.FeatureSpec;
import io.weir.trainer.data.DataReader;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.bulk.RowValues;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// Server metrics with labelled anomalies, and for each the metrics that show it: how often is one
/// of them among the first of an alert's contributions, and of kernel SHAP of the score, beside
/// chance.
public final class Explanations {
  private static final String TEST = "_test.csv.gz";
  private static final String TRAIN = "_train.csv.gz";
  private static final String CAUSES = "_causes.txt";
  private static final int TOP = 5;

  /// A metric's column in the file stands behind that of the time.
  private static final String TIME = "t";

  private static final double SUM_ERROR = 1e-4;

  private final Arguments arguments;
  private final Path data;
  private final Path folder;
  private final Tally all = new Tally(TOP);
  private final Tally allFirst = new Tally(1);
  private final Tally flagged = new Tally(TOP);
  private double seconds;
  private int explained;

  private Explanations(Arguments arguments, Path data, Path folder) {
    this.arguments = arguments;
    this.data = data;
    this.folder = folder;
  }

  /// Arguments: [Arguments].
  public static void main(String[] args) throws Exception {
    String given = System.getenv("WEIR_DATA");
    Path data = given == null ? null : Path.of(given, "smd");
    if (data == null || !Files.isDirectory(data)) {
      throw new IllegalArgumentException(
          "WEIR_DATA is %s: set it to the folder of the data sets, with smd/ in it"
              .formatted(given == null ? "not set" : given));
    }
    Arguments arguments = Arguments.parse(args, machines(data));
    Path folder = Files.createTempDirectory("weir-explanations");
    try {
      new Explanations(arguments, data, folder).run();
    } finally {
      Folders.delete(folder);
    }
  }

  private static List<String> machines(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(CAUSES))
          .map(name -> name.substring(0, name.length() - CAUSES.length()))
          .sorted()
          .toList();
    }
  }

  private void run() throws Exception {
    StringBuilder table = new StringBuilder(Tally.header());
    for (String machine : arguments.machines()) {
      Tally tally = new Tally(TOP);
      explain(machine, tally);
      table.append('\n').append(tally.row(machine));
    }
    table.append('\n').append(all.row("all"));
    table.append('\n').append(flagged.row("those above the threshold"));
    table.append('\n').append(allFirst.row("all"));
    System.out.println(table);
    System.out.printf(
        "%nKernel SHAP: %.2f s per event. Gate: contributions sum to 1, Shapley values to the score"
            + " minus its average over the background%n",
        seconds / explained);
  }

  private void explain(String machine, Tally tally) throws Exception {
    Path model = train(machine);
    try (Detector detector = Detector.open(model);
        Explainer explainer = detector.explainer();
        EventExplainer shap = EventExplainer.of(detector)) {
      List<String> features = detector.card().features().stream().map(FeatureSpec::name).toList();
      RowValues rows =
          DataReader.bind(
                  DataRequest.of(data.resolve(machine + TEST).toString()),
                  detector.card().features())
              .raw();
      float[] scores = scores(detector, rows);
      double threshold = detector.card().thresholds().getFirst().value();
      List<String> metrics = metrics(machine);
      List<Segment> segments = Segment.read(data.resolve(machine + CAUSES));
      for (Segment segment : segments.subList(0, Math.min(arguments.segments(), segments.size()))) {
        List<Integer> guilty =
            segment.guilty().stream()
                .map(metric -> features.indexOf(metrics.get(metric)))
                .filter(feature -> feature >= 0)
                .toList();
        for (int row : highest(scores, segment)) {
          List<Integer> contributions = contributions(explainer, rows.row(row));
          List<Integer> effects = shap(shap, features, rows.row(row));
          List<Tally> tallies =
              scores[row] > threshold
                  ? List.of(tally, all, allFirst, flagged)
                  : List.of(tally, all, allFirst);
          tallies.forEach(each -> each.count(features.size(), guilty, contributions, effects));
        }
      }
    }
  }

  private Path train(String machine) {
    Path model = folder.resolve(machine + ".onnx");
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    System.err.println("Training on " + machine + ", " + arguments.epochs() + " epochs");
    int exit =
        io.weir.trainer.Main.run(
            new PrintWriter(out),
            new PrintWriter(err),
            "train",
            "--data",
            data.resolve(machine + TRAIN).toString(),
            "--exclude",
            TIME,
            "--epochs",
            Integer.toString(arguments.epochs()),
            "--no-progress",
            "--out",
            model.toString());
    if (exit != 0) {
      throw new IllegalStateException("train failed:\n" + err);
    }
    return model;
  }

  private List<String> metrics(String machine) throws IOException {
    try (BufferedReader header =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(data.resolve(machine + TRAIN))),
                StandardCharsets.UTF_8))) {
      List<String> columns = List.of(header.readLine().split(","));
      return columns.subList(columns.indexOf(TIME) + 1, columns.size());
    }
  }

  private static float[] scores(Detector detector, RowValues rows) {
    float[] scores = new float[rows.rows()];
    try (BatchScorer scorer = detector.scorer(512)) {
      for (int from = 0; from < scores.length; from += scorer.maxBatch()) {
        int count = Math.min(scorer.maxBatch(), scores.length - from);
        rows.read(from, count, scorer.features(), 0);
        scorer.scoreRows(count);
        for (int i = 0; i < count; i++) {
          scores[from + i] = scorer.score(i);
        }
      }
    }
    return scores;
  }

  private int[] highest(float[] scores, Segment segment) {
    return IntStream.rangeClosed(segment.first(), segment.last())
        .boxed()
        .sorted(Comparator.comparing(row -> -scores[row]))
        .limit(arguments.events())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static List<Integer> contributions(Explainer explainer, float[] row) {
    Explanation explanation = explainer.explain(row, 0);
    float[] shares = explanation.contribution();
    double sum = 0;
    for (float share : shares) {
      sum += share;
    }
    require(Math.abs(sum - 1) <= SUM_ERROR, "contributions sum to " + sum);
    return IntStream.range(0, shares.length)
        .boxed()
        .sorted(Comparator.comparing(feature -> -shares[feature]))
        .toList();
  }

  private List<Integer> shap(EventExplainer explainer, List<String> features, float[] row) {
    long start = System.nanoTime();
    ScoreExplanation explanation = explainer.score(row);
    seconds += (System.nanoTime() - start) / 1e9;
    explained++;
    double sum =
        explanation.base() + explanation.features().stream().mapToDouble(FeatureEffect::phi).sum();
    require(
        Math.abs(sum - explanation.score()) <= SUM_ERROR * Math.max(1, explanation.score()),
        "Shapley values and base sum to %s, the score is %s".formatted(sum, explanation.score()));
    return explanation.features().stream()
        .sorted(Comparator.comparingDouble(effect -> -effect.phi()))
        .map(effect -> features.indexOf(effect.feature()))
        .toList();
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
