package io.weir.benchmarks.stream;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import java.util.Set;

/// ONNX Runtime as its introduction shows it, for comparison.
final class NaiveScorer {
  private static final Set<String> OUTPUTS = Set.of("score");

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  NaiveScorer(byte[] model) throws OrtException {
    session = environment.createSession(model);
  }

  /// The score of one event, [features].
  float score(float[] features) {
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, new float[][] {features});
        OrtSession.Result result = session.run(Map.of("features", tensor), OUTPUTS)) {
      return ((float[]) result.get(0).getValue())[0];
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
