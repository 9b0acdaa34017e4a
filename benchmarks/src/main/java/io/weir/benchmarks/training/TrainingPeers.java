package io.weir.benchmarks.training;

import io.weir.benchmarks.Median;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Training steps of Weir against PyTorch and TensorFlow, in turn on the same rows, each with the
/// number of threads that suits it best. Before anything counts, the losses of the first steps from
/// the same weights and the same noise must agree.
public final class TrainingPeers {
  /// Largest relative difference of a loss: sums are taken in other orders.
  private static final double TOLERANCE = 1e-4;

  private static final String THREADS = "threads=";
  private static final double SCREENING_SECONDS = 1;
  private static final double SECONDS = 1.5;

  private TrainingPeers() {}

  /// Arguments: names of cases, all if there are none; the number of rounds (default 7);
  /// `threads=1` to leave two threads out.
  public static void main(String[] args) throws IOException {
    List<String> names = new ArrayList<>(Arrays.asList(args));
    int threads = 2;
    if (!names.isEmpty() && names.getLast().startsWith(THREADS)) {
      threads = Integer.parseInt(names.removeLast().substring(THREADS.length()));
    }
    int rounds = 7;
    if (!names.isEmpty() && names.getLast().matches("\\d+")) {
      rounds = Integer.parseInt(names.removeLast());
    }
    List<TrainingCase> cases =
        names.isEmpty() ? TrainingCase.all() : names.stream().map(TrainingCase::named).toList();
    Path folder = Files.createTempDirectory("weir-training-peers");
    List<String> table = new ArrayList<>();
    for (TrainingCase c : cases) {
      table.add(compare(c, rounds, threads, folder.resolve(c.name())));
    }
    System.out.println();
    System.out.println(
        "| case | Weir, rows/s | best peer | rows/s | Weir / it | per CPU second | floor | goal |"
            + " best with the loop over steps compiled too | rows/s | Weir / it | per CPU second"
            + " |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
    table.forEach(System.out::println);
  }

  private static String compare(TrainingCase c, int rounds, int threads, Path folder)
      throws IOException {
    CaseFolder.write(c, folder);
    System.out.printf("%n%s: batch %d%n", c.name(), c.batch());
    List<Contender> field = new ArrayList<>();
    try {
      for (Engine engine : Engine.values()) {
        best(engine, c, threads, folder, field);
      }
      for (int round = 0; round < rounds; round++) {
        for (Contender contender : field) {
          contender.measure(SECONDS);
        }
      }
      return row(c, field);
    } finally {
      for (Contender contender : field) {
        contender.close();
      }
    }
  }

  /// Adds the engine with its best number of threads, if it starts at all.
  private static void best(
      Engine engine, TrainingCase c, int most, Path folder, List<Contender> field)
      throws IOException {
    Contender best = null;
    double bestRate = 0;
    for (int threads = 1; threads <= most; threads++) {
      Contender next;
      try {
        Path log = folder.resolve("%s-%d.log".formatted(engine, threads));
        next = new Contender(engine, threads, engine.command(c, folder, threads), log);
      } catch (IOException e) {
        if (engine == Engine.WEIR) {
          throw e;
        }
        System.out.printf("  %s is left out: %s%n", engine.label(), e.getMessage());
        break;
      }
      double deviation = deviation(next, field.isEmpty() ? next : field.getFirst());
      next.measure(SCREENING_SECONDS);
      double rate = next.measure(SCREENING_SECONDS);
      System.out.printf(
          Locale.ROOT,
          "  %-38s %,12.0f rows/s  (losses agree within %.1e)%n",
          next.name(),
          rate,
          deviation);
      if (rate > bestRate) {
        if (best != null) {
          best.close();
        }
        best = next;
        bestRate = rate;
      } else {
        next.close();
      }
    }
    if (best != null) {
      best.forget();
      field.add(best);
    }
  }

  /// @return the largest relative difference of a loss
  private static double deviation(Contender contender, Contender weir) {
    double[] expected = weir.gateLosses();
    double[] actual = contender.gateLosses();
    double worst =
        IntStream.range(0, expected.length)
            .mapToDouble(i -> Math.abs(actual[i] - expected[i]) / Math.abs(expected[i]))
            .max()
            .orElseThrow();
    if (!(worst <= TOLERANCE)) {
      throw new IllegalStateException(
          "%s: its losses differ by up to %.1e from Weir's, more than %.0e: %s instead of %s"
              .formatted(
                  contender.name(),
                  worst,
                  TOLERANCE,
                  Arrays.toString(actual),
                  Arrays.toString(expected)));
    }
    return worst;
  }

  private static String row(TrainingCase c, List<Contender> field) {
    Contender weir = field.getFirst();
    System.out.println("  medians of the rounds, taken in turn:");
    for (Contender contender : field) {
      System.out.printf(
          Locale.ROOT,
          "  %-38s %,12.0f rows/s %,12.0f rows/CPU second  Weir / it %.2f, per CPU second %.2f%n",
          contender.name(),
          Median.of(contender.rates()),
          Median.of(contender.cpuRates()),
          ratio(weir.rates(), contender.rates()),
          ratio(weir.cpuRates(), contender.cpuRates()));
    }
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %s | %s | %s | %s |",
        c.name(),
        Median.of(weir.rates()),
        cells(weir, field, true),
        c.floor(),
        c.goal(),
        cells(weir, field, false));
  }

  /// The best peer of a kind, its rate and the ratio.
  private static String cells(Contender weir, List<Contender> field, boolean usual) {
    return field.stream()
        .skip(1)
        .filter(peer -> peer.engine().usual() == usual)
        .max(Comparator.comparingDouble(peer -> Median.of(peer.rates())))
        .map(
            peer ->
                String.format(
                    Locale.ROOT,
                    "%s | %,.0f | **%.2f** | %.2f",
                    peer.name(),
                    Median.of(peer.rates()),
                    ratio(weir.rates(), peer.rates()),
                    ratio(weir.cpuRates(), peer.cpuRates())))
        .orElse("none | | | ");
  }

  /// The median over the rounds of the ratios within a round.
  private static double ratio(List<Double> weir, List<Double> peer) {
    return Median.of(
        IntStream.range(0, weir.size()).mapToObj(i -> weir.get(i) / peer.get(i)).toList());
  }
}
