package io.weir.detector.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.detector.Detector;
import io.weir.detector.shap.ReconstructionExplanation.WorstFeature;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A published model of numbers, a flag, words and a time of day, some missing, beside Python's
/// shap (`src/test/python/shap_golden.py`).
class GoldenShapTest {
  private static Detector detector;
  private static JsonNode golden;

  @BeforeAll
  static void open() throws Exception {
    try (InputStream model = GoldenShapTest.class.getResourceAsStream("payments.onnx");
        InputStream values = GoldenShapTest.class.getResourceAsStream("shap_golden.json")) {
      detector = Detector.open(model.readAllBytes(), "payments.onnx");
      golden = new ObjectMapper().readTree(values);
    }
  }

  @AfterAll
  static void close() {
    detector.close();
  }

  @Test
  void everyValueIsThatOfPythonsShap() {
    assertThat(golden.path("cases").size()).isGreaterThanOrEqualTo(6);
    try (EventExplainer explainer = EventExplainer.of(detector)) {
      for (JsonNode example : golden.path("cases")) {
        ScoreExplanation ours = explainer.score(row(example));

        Map<String, Double> phi = new HashMap<>();
        ours.features().forEach(effect -> phi.put(effect.feature(), effect.phi()));
        assertThat(ours.exact()).isTrue();
        assertThat(ours.base()).isCloseTo(golden.path("base").asDouble(), relative(ours.base()));
        // Scores are float32, and of other processors within 1e-5: small values have its error,
        // too.
        double unit = Math.max(Math.abs(ours.score()), largest(example.path("phi")));
        for (int i = 0; i < example.path("phi").size(); i++) {
          String name = detector.card().features().get(i).name();
          assertThat(phi.get(name))
              .as(name)
              .isCloseTo(example.path("phi").get(i).asDouble(), relative(unit));
        }
      }
    }
  }

  @Test
  void explanationsSumToWhatTheyExplain() {
    try (EventExplainer explainer = EventExplainer.of(detector)) {
      for (JsonNode example : golden.path("cases")) {
        float[] row = row(example);
        ScoreExplanation score = explainer.score(row);
        assertThat(score.gap()).isCloseTo(0, relative(score.score()));
        ReconstructionExplanation reconstruction = explainer.reconstruction(row, 3);
        assertThat(reconstruction.score()).isEqualTo(score.score());
        assertThat(reconstruction.worst()).hasSize(3);
        for (WorstFeature worst : reconstruction.worst()) {
          double sum =
              worst.contributing().stream().mapToDouble(FeatureEffect::phi).sum()
                  + worst.offsetting().stream().mapToDouble(FeatureEffect::phi).sum();
          assertThat(worst.base() + sum)
              .as(worst.feature())
              .isCloseTo(worst.alone(), within(1e-6 * (1 + Math.abs(worst.alone()))));
          assertThat(worst.contributing())
              .noneMatch(effect -> effect.feature().equals(worst.feature()));
        }
        assertThat(reconstruction.worst())
            .isSortedAccordingTo((a, b) -> Double.compare(b.share(), a.share()));
      }
    }
  }

  @Test
  void explainersGiveTheSameBits() {
    float[] row = row(golden.path("cases").get(3));
    try (EventExplainer one = EventExplainer.of(detector);
        EventExplainer other = EventExplainer.of(detector)) {
      assertThat(one.score(row)).isEqualTo(other.score(row)).isEqualTo(one.score(row));
      assertThat(one.reconstruction(row, 5)).isEqualTo(other.reconstruction(row, 5));
    }
  }

  private static Offset<Double> relative(double of) {
    return within(1e-5 * Math.abs(of));
  }

  private static double largest(JsonNode numbers) {
    double largest = 0;
    for (JsonNode number : numbers) {
      largest = Math.max(largest, Math.abs(number.asDouble()));
    }
    return largest;
  }

  private static float[] row(JsonNode example) {
    JsonNode features = example.path("features");
    float[] row = new float[features.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = features.get(i).isNull() ? Float.NaN : (float) features.get(i).asDouble();
    }
    return row;
  }
}
