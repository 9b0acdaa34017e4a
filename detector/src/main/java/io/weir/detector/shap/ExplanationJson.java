package io.weir.detector.shap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.detector.Detector;
import java.util.Map;

/// Explanations for programs: one JSON object per line, fields in snake_case.
final class ExplanationJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private ExplanationJson() {}

  private record Model(String name, String version, String sha256) {}

  private record Line(Map<String, ?> event, Model model, String method, Object explanation) {}

  /// @param event what is explained, such as `row` -> 17
  static String of(Map<String, ?> event, Detector detector, ScoreExplanation explanation) {
    return line(event, detector, "score", explanation);
  }

  /// @param event what is explained, such as `row` -> 17
  static String of(Map<String, ?> event, Detector detector, ReconstructionExplanation explanation) {
    return line(event, detector, "reconstruction", explanation);
  }

  private static String line(
      Map<String, ?> event, Detector detector, String method, Object explanation) {
    Model model = new Model(detector.card().name(), detector.card().version(), detector.sha256());
    try {
      return JSON.writeValueAsString(new Line(event, model, method, explanation));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Records are always writable", e);
    }
  }
}
