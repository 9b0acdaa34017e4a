package io.weir.benchmarks.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One engine with one number of threads, waiting in a process of its own to be asked for its rate.
final class Contender implements AutoCloseable {
  private static final String GATE = "GATE ";
  private static final String RATE = "RATE ";

  private final Engine engine;
  private final int threads;
  private final Process process;
  private final Thread killer;
  private final BufferedReader out;
  private final Writer in;
  private final double[] gateLosses;
  private final List<Double> rates = new ArrayList<>();
  private final List<Double> cpuRates = new ArrayList<>();

  /// Starts it and waits until it is warm.
  ///
  /// @throws IOException if it ends before; the log says why
  Contender(Engine engine, int threads, List<String> command, Path log) throws IOException {
    this.engine = engine;
    this.threads = threads;
    process = new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
    killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    out = process.inputReader(StandardCharsets.UTF_8);
    in = process.outputWriter(StandardCharsets.UTF_8);
    try {
      gateLosses = numbers(awaitLine(GATE));
      awaitLine("READY");
    } catch (IOException e) {
      close();
      throw new IOException("%s; see %s".formatted(e.getMessage(), log));
    }
  }

  private String awaitLine(String start) throws IOException {
    String line = out.readLine();
    while (line != null && !line.startsWith(start)) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException(name() + " ended");
    }
    return line.substring(start.length());
  }

  private static double[] numbers(String list) {
    return Arrays.stream(list.replaceAll("[\\[\\]]", "").split(","))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  Engine engine() {
    return engine;
  }

  String name() {
    return "%s, %d thread%s".formatted(engine.label(), threads, threads == 1 ? "" : "s");
  }

  double[] gateLosses() {
    return gateLosses;
  }

  /// Trains for some seconds and notes the rate, in rows/s.
  double measure(double seconds) throws IOException {
    in.write("go " + String.format(Locale.ROOT, "%.3f", seconds) + "\n");
    in.flush();
    String[] measured = awaitLine(RATE).split(" ");
    rates.add(Double.parseDouble(measured[0]));
    cpuRates.add(Double.parseDouble(measured[1]));
    return rates.getLast();
  }

  /// Rows/s, in the order they were measured.
  List<Double> rates() {
    return rates;
  }

  /// Rows per second of processor time of all its threads: what a shared machine leaves alone.
  List<Double> cpuRates() {
    return cpuRates;
  }

  /// Takes what was measured so far for warm-up.
  void forget() {
    rates.clear();
    cpuRates.clear();
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    Runtime.getRuntime().removeShutdownHook(killer);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
