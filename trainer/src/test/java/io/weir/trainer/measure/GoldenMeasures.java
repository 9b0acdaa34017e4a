package io.weir.trainer.measure;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/// A case of `measure_golden.json`, written by `src/test/python/measure_golden.py`.
record GoldenMeasures(
    String name,
    List<Float> scores,
    List<Byte> labels,
    double auroc,
    double averagePrecision,
    double bestF1,
    double mean,
    double standardDeviation,
    Map<Double, Double> quantiles) {
  static List<GoldenMeasures> read() throws IOException {
    try (InputStream in = GoldenMeasures.class.getResourceAsStream("measure_golden.json")) {
      JsonMapper json =
          JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
      return List.of(json.readValue(in, GoldenMeasures[].class));
    }
  }

  float[] floats() {
    float[] floats = new float[scores.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = scores.get(i);
    }
    return floats;
  }

  byte[] bytes() {
    byte[] bytes = new byte[labels.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = labels.get(i);
    }
    return bytes;
  }

  @Override
  public String toString() {
    return name;
  }
}
