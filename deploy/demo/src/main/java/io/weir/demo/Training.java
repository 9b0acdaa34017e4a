package io.weir.demo;

import io.weir.demo.source.EventSource;
import io.weir.demo.tell.Terminal;
import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.schemas.card.ModelCard;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// `weir train`, called within this process.
final class Training {
  private Training() {}

  /// Trains on the source's history and publishes the model.
  ///
  /// @return the card of the model; with fewer epochs than asked for after a Ctrl-C, which the
  ///   trainer takes as the wish to stop early
  /// @throws IOException if the trainer refuses; with what it said
  static ModelCard run(DemoSettings settings, EventSource source, Terminal terminal)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("train"));
    add(command, "--data", settings.history());
    add(command, "--out", settings.model());
    add(command, "--name", source.name());
    add(command, "--seed", settings.seed());
    // Many, so that thresholds and rarities far out in the tail rest on something.
    add(command, "--validation", "0.3");
    command.addAll(source.trainingFlags());
    if (settings.preset() != null) {
      add(command, "--preset", settings.preset());
    }
    add(command, "--epochs", settings.epochs());
    command.add("--no-progress");
    int exit;
    try (PrintWriter log = new PrintWriter(Files.newBufferedWriter(settings.trainingLog()))) {
      log.println("weir " + String.join(" ", command));
      exit = io.weir.trainer.Main.run(log, log, command.toArray(String[]::new));
    }
    if (exit != 0) {
      throw new IOException(
          "The training failed (exit code %d). Its messages, %s:%n%s"
              .formatted(exit, settings.trainingLog(), said(settings)));
    }
    return tell(settings, terminal);
  }

  private static void add(List<String> command, String flag, Object value) {
    command.add(flag);
    command.add(value.toString());
  }

  private static String said(DemoSettings settings) throws IOException {
    List<String> lines = Files.readAllLines(settings.trainingLog());
    List<String> end = lines.subList(Math.max(1, lines.size() - 10), lines.size());
    return String.join("\n", end).indent(4).stripTrailing();
  }

  private static ModelCard tell(DemoSettings settings, Terminal terminal) throws IOException {
    try (Detector detector = Detector.open(settings.model())) {
      ModelCard card = detector.card();
      terminal.say(
          "model trained: %s, %d features, %,d parameters, %d epochs in %.1f s",
          card.architecture().kind(),
          card.features().size(),
          card.architecture().parameters(),
          card.history().epochsRun(),
          card.history().seconds());
      return card;
    } catch (DetectorRefusedException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
