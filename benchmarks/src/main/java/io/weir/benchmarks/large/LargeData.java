package io.weir.benchmarks.large;

import io.weir.benchmarks.ChildJvm;
import io.weir.benchmarks.Count;
import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Trains on a table that is larger than the heap: rows/s of reading and of training, and the
/// memory it took. The gate: every row was counted, every epoch's losses are finite, and the model
/// was published, which takes parity of the engine with ONNX Runtime.
public final class LargeData {
  private static final int EPOCHS = 2;
  private static final String HEAP = "-Xmx2g";

  private LargeData() {}

  /// Arguments: rows (10 million), features (30), `parquet` or `csv`.
  public static void main(String[] args) throws Exception {
    long rows = args.length > 0 ? Count.of("ROWS", args[0]) : 10_000_000;
    int features = args.length > 1 ? Count.of("FEATURES", args[1]) : 30;
    String format = args.length > 2 ? args[2] : "parquet";
    Path directory = Files.createTempDirectory("weir-large-data");
    Thread cleaner = new Thread(() -> delete(directory));
    Runtime.getRuntime().addShutdownHook(cleaner);
    run(directory, rows, features, format);
  }

  private static void run(Path directory, long rows, int features, String format)
      throws IOException, InterruptedException, DetectorRefusedException {
    Path data = directory.resolve("rows." + format);
    System.out.printf("Writing %,d rows x %d features%n", rows, features);
    LargeFile.write(data, rows, features);
    System.out.printf("%s: %,d bytes%n", data, Files.size(data));
    Path model = directory.resolve("model.onnx");
    Path history = directory.resolve("history.csv");
    List<String> lines =
        ChildJvm.run(
            directory.resolve("train.log"),
            List.of("--add-modules", "jdk.incubator.vector", "-XX:+UseG1GC", HEAP),
            LargeWorker.class,
            List.of(
                "train",
                "--data",
                data.toString(),
                "--epochs",
                Integer.toString(EPOCHS),
                "--batch",
                "256",
                "--temp",
                directory.toString(),
                "--history",
                history.toString(),
                "--out",
                model.toString(),
                "--output",
                "json"));
    String told = String.join("\n", lines);
    double epochSeconds = check(told, history, model, rows);
    report(told, rows, epochSeconds);
  }

  /// The gate.
  ///
  /// @return seconds of all epochs
  private static double check(String told, Path history, Path model, long rows)
      throws IOException, DetectorRefusedException {
    long counted = (long) number(told, "\"rows\" *: *");
    require(counted == rows, "%,d rows were written, %,d were read".formatted(rows, counted));
    List<String> epochs = Files.readAllLines(history);
    List<String> columns = List.of(epochs.getFirst().split(","));
    require(epochs.size() == 1 + EPOCHS, "%d epochs ran".formatted(epochs.size() - 1));
    double seconds = 0;
    for (String epoch : epochs.subList(1, epochs.size())) {
      String[] values = epoch.split(",", -1);
      for (String name : List.of("loss", "validation_loss")) {
        double loss = Double.parseDouble(values[columns.indexOf(name)]);
        require(Double.isFinite(loss), "%s is %s".formatted(name, loss));
      }
      seconds += Double.parseDouble(values[columns.indexOf("seconds")]);
    }
    try (Detector published = Detector.open(model)) {
      System.out.printf("Published %s%n", published.sha256());
    }
    return seconds;
  }

  private static void report(String told, long rows, double epochSeconds) {
    double read = number(told, "READ_SECONDS ");
    System.out.printf("Reading with statistics:  %,12.0f rows/s (%.1f s)%n", rows / read, read);
    System.out.printf(
        "Training with validation: %,12.0f rows/s (%.1f s an epoch)%n",
        rows * EPOCHS / epochSeconds, epochSeconds / EPOCHS);
    System.out.printf("All:                      %12.1f s%n", number(told, "ALL_SECONDS "));
    System.out.printf(
        "Heap (%s) live at most:  %12.0f MiB%n",
        HEAP, number(told, "LIVE_HEAP_BYTES ") / (1 << 20));
    System.out.printf(
        "Resident at most:         %12.0f MiB%n", number(told, "PEAK_RESIDENT_BYTES ") / (1 << 20));
  }

  private static double number(String text, String before) {
    Matcher found = Pattern.compile(before + "([0-9.E]+)").matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("No %s in:%n%s".formatted(before, text));
    }
    return Double.parseDouble(found.group(1));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalStateException("The gate: " + message);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println(directory + " is left behind: " + e.getMessage());
    }
  }
}
