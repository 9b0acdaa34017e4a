package io.weir.streams.verify;

import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.detector.ExecutionProvider;
import io.weir.schemas.card.ModelCard;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Scores the rows of asks with their model and compares.
final class Recomputation {
  private static final int BATCH = 512;

  /// How far scores of other machines may be apart: their instruction sets add in another order.
  private static final double OTHER_MACHINE = 1e-5;

  /// A GPU's scores depend on the batch, too.
  private static final double GPU = 1e-4;

  private final Detector detector;

  Recomputation(Detector detector) {
    this.detector = detector;
  }

  /// Events that are scored together, empty if the alert does not say how many.
  ///
  /// @throws IllegalArgumentException if no window of the model has so many; the message says it
  OptionalInt events(Receipt receipt) {
    ModelCard.Window window = detector.card().window();
    int steps = window == null ? 1 : window.steps();
    // Alerts of before they named a runtime did not tell the number either.
    boolean told = !receipt.runtime().isEmpty();
    if (window != null && !told) {
      // Windows that are not padded are scored when they are full.
      return window.padded() ? OptionalInt.empty() : OptionalInt.of(steps);
    }
    int events = receipt.windowEvents();
    int least = window == null || window.padded() ? 1 : steps;
    if (events < least || events > steps) {
      throw new IllegalArgumentException(
          "window_events = %d, but the model looks at %s"
              .formatted(events, least == steps ? String.valueOf(steps) : least + " to " + steps));
    }
    return OptionalInt.of(events);
  }

  /// Gives a verdict to every ask that has none.
  void run(List<Ask> asks) {
    List<Ask> ready = asks.stream().filter(ask -> ask.verdict() == null).toList();
    if (ready.isEmpty()) {
      return;
    }
    int batch = Math.min(BATCH, ready.size());
    try (BatchScorer scorer = detector.scorer(batch)) {
      for (int from = 0; from < ready.size(); from += batch) {
        List<Ask> rows = ready.subList(from, Math.min(from + batch, ready.size()));
        for (int i = 0; i < rows.size(); i++) {
          float[] row = rows.get(i).row();
          System.arraycopy(row, 0, scorer.features(), i * row.length, row.length);
        }
        scorer.scoreRows(rows.size());
        for (int i = 0; i < rows.size(); i++) {
          rows.get(i).end(verdict(rows.get(i), scorer, i));
        }
      }
    }
  }

  private Verdict verdict(Ask ask, BatchScorer scorer, int row) {
    Receipt told = ask.receipt;
    double tolerance = tolerance(told);
    List<String> differences = new ArrayList<>();
    boolean exact = true;
    exact &= compare("score", told.score(), scorer.score(row), tolerance, differences);
    exact &=
        compare(
            "reconstruction_loss",
            told.reconstructionLoss(),
            scorer.reconstructionLoss(row),
            tolerance,
            differences);
    exact &=
        compare(
            "kl_divergence", told.klDivergence(), scorer.klDivergence(row), tolerance, differences);
    if (!differences.isEmpty() && ask.unreadable() > 0) {
      return new Verdict.Cannot(
          "the registry does not know the schema of %d records of its key before it, which may have been events of its window"
              .formatted(ask.unreadable()));
    }
    String id = told.expectedId();
    if (!told.id().isEmpty() && !told.id().equals(id)) {
      differences.add("id: %s in the alert, %s by its event and model".formatted(told.id(), id));
    }
    if (!differences.isEmpty()) {
      return new Verdict.Differs(differences);
    }
    return new Verdict.Verified(exact ? "" : note(told, tolerance));
  }

  private double tolerance(Receipt told) {
    if (!(detector.provider() instanceof ExecutionProvider.Cpu)) {
      return GPU;
    }
    return told.runtime().equals(Detector.runtime()) ? 0 : OTHER_MACHINE;
  }

  private String note(Receipt told, double tolerance) {
    return "within %.0e, not bit for bit: computed by %s, here by %s on %s"
        .formatted(
            tolerance,
            told.runtime().isEmpty() ? "a runtime that it does not name" : told.runtime(),
            Detector.runtime(),
            detector.provider());
  }

  /// Whether both have the same bits; a difference above the tolerance is told.
  private static boolean compare(
      String name, float told, float computed, double tolerance, List<String> differences) {
    if (Float.floatToRawIntBits(told) == Float.floatToRawIntBits(computed)) {
      return true;
    }
    if (!isNear(told, computed, tolerance)) {
      differences.add("%s: %s in the alert, %s computed".formatted(name, told, computed));
    }
    return false;
  }

  /// Whether two values that differ are close; what is infinite or no number is close to nothing.
  static boolean isNear(float told, float computed, double tolerance) {
    double apart = Math.abs((double) told - computed);
    return tolerance > 0
        && Float.isFinite(computed)
        && apart <= tolerance * Math.max(1, Math.abs((double) computed));
  }
}
