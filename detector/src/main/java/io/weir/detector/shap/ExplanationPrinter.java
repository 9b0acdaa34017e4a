package io.weir.detector.shap;

import io.weir.detector.Detector;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Explains events and says it, the same for rows of a file and for events of a topic.
///
/// @param json one JSON object a line, instead of tables
/// @param features how many are named: by the method for the score those that get a line, by that
///   for the reconstruction those that are explained, and of each the others that get a line; null
///   for [#SCORE_FEATURES] and [#WORST_FEATURES]. In JSON the score has all of them
public record ExplanationPrinter(
    Detector detector,
    EventExplainer explainer,
    ExplanationMethod method,
    boolean json,
    Integer features) {
  /// Lines of a table unless told otherwise.
  public static final int SCORE_FEATURES = 20;

  /// As in the paper.
  public static final int WORST_FEATURES = 5;

  private static final Logger LOG = LoggerFactory.getLogger(ExplanationPrinter.class);

  /// Explains an event.
  ///
  /// @param title what people call it, such as `Row 17`
  /// @param event what programs call it, such as `row` -> 17
  /// @param row its raw values, NaN where missing
  /// @return text without the last line end
  /// @throws UnexplainableException where there is no explanation
  public String print(String title, Map<String, ?> event, float[] row) {
    long start = System.nanoTime();
    String text =
        switch (method) {
          case SCORE -> score(title, event, row);
          case RECONSTRUCTION -> reconstruction(title, event, row);
        };
    LOG.debug(
        "{} explained in {} ms", title, Duration.ofNanos(System.nanoTime() - start).toMillis());
    return text;
  }

  private String score(String title, Map<String, ?> event, float[] row) {
    ScoreExplanation explanation = explainer.score(row);
    return json
        ? ExplanationJson.of(event, detector, explanation)
        : ExplanationText.of(title, explanation, features == null ? SCORE_FEATURES : features);
  }

  private String reconstruction(String title, Map<String, ?> event, float[] row) {
    int most = features == null ? WORST_FEATURES : features;
    ReconstructionExplanation explanation = explainer.reconstruction(row, most);
    return json
        ? ExplanationJson.of(event, detector, explanation)
        : ExplanationText.of(title, explanation, most);
  }
}
