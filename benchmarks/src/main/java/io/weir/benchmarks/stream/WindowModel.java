package io.weir.benchmarks.stream;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.detector.Explainer;
import io.weir.detector.Explanation;
import io.weir.schemas.card.FeaturePreprocessing;
import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCards;
import io.weir.schemas.features.FeatureSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// A dense model of windows of 28 events x 16 features with random weights, 448-32-8-448: what it
/// thinks of an event does not matter here, what it costs does.
final class WindowModel {
  static final int STEPS = 28;
  static final int FEATURES = BenchmarkEvents.FEATURES;

  private static final int WIDTH = STEPS * FEATURES;
  private static final int HIDDEN = 32;
  private static final int LATENTS = 8;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("windows");

  private WindowModel() {}

  /// The ONNX file.
  static byte[] bytes() throws DetectorRefusedException {
    byte[] draft = new WindowModel().file(List.of());
    float[] row = new float[WIDTH];
    Arrays.setAll(new double[WIDTH], i -> row[i] = (i % 7 - 3) / 2f);
    try (Detector detector = Detector.draft(draft, "draft");
        BatchScorer scorer = detector.scorer(1);
        Explainer explainer = detector.explainer()) {
      System.arraycopy(row, 0, scorer.features(), 0, WIDTH);
      scorer.scoreRows(1);
      Explanation explanation = explainer.explain(row, 0);
      return new WindowModel()
          .file(
              List.of(
                  new ModelCard.GoldenVector(
                      list(row),
                      scorer.score(0),
                      scorer.reconstructionLoss(0),
                      scorer.klDivergence(0),
                      list(explanation.expected()),
                      list(explanation.contribution()),
                      list(explanation.latent()))));
    }
  }

  private byte[] file(List<ModelCard.GoldenVector> golden) {
    SplittableRandom random = new SplittableRandom(3);
    value(true, "features", STEPS, FEATURES);
    for (String output : List.of("score", "reconstruction_loss", "kl_divergence")) {
      value(false, output);
    }
    value(false, "expected", STEPS, FEATURES);
    value(false, "contribution", STEPS, FEATURES);
    value(false, "latent", LATENTS);
    weights("A", random, WIDTH, HIDDEN);
    weights("B", random, HIDDEN, LATENTS);
    weights("C", random, LATENTS, WIDTH);
    filled("zero", 0, 1);
    filled("nths", 1f / WIDTH, WIDTH, 1);
    filled("ones", 1, WIDTH, 1);
    filled("latent_ones", 1, LATENTS, 1);
    integers("column", 1);
    integers("flat", -1, WIDTH);
    integers("window", -1, STEPS, FEATURES);
    node("IsNaN", "missing", "features");
    node("Where", "filled", "missing", "zero", "features");
    node("Reshape", "x", "filled", "flat");
    node("MatMul", "xa", "x", "A");
    node("Tanh", "h", "xa");
    node("MatMul", "latent", "h", "B");
    node("MatMul", "e", "latent", "C");
    node("Reshape", "expected", "e", "window");
    node("Sub", "difference", "x", "e");
    node("Mul", "squares", "difference", "difference");
    node("MatMul", "loss", "squares", "nths");
    node("Squeeze", "reconstruction_loss", "loss", "column");
    node("MatMul", "total", "squares", "ones");
    node("Div", "shares", "squares", "total");
    node("Reshape", "contribution", "shares", "window");
    node("Mul", "latent_squares", "latent", "latent");
    node("MatMul", "kl", "latent_squares", "latent_ones");
    node("Squeeze", "kl_divergence", "kl", "column");
    node("Add", "score", "reconstruction_loss", "kl_divergence");
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph)
        .addMetadataProps(
            StringStringEntryProto.newBuilder()
                .setKey(ModelCard.METADATA_KEY)
                .setValue(ModelCards.toJson(card(golden))))
        .build()
        .toByteArray();
  }

  private static ModelCard card(List<ModelCard.GoldenVector> golden) {
    List<FeatureSpec> features = new ArrayList<>();
    List<FeaturePreprocessing> preprocessing = new ArrayList<>();
    for (int i = 0; i < FEATURES; i++) {
      features.add(new FeatureSpec.Numeric("f" + i, "f" + i, true));
      preprocessing.add(
          new FeaturePreprocessing("f" + i, 0, Transform.NONE, 0, Scaling.STANDARD, 0, 1));
    }
    return new ModelCard(
        ModelCard.VERSION,
        "windows",
        "1",
        "2026-01-01T00:00:00Z",
        "benchmark",
        features,
        preprocessing,
        new ModelCard.Architecture("vae", "custom", WIDTH, LATENTS, 0, List.of()),
        new ModelCard.Training("mse", "mean", 1, "sum", "none", 0, 1, 1, 0, 1),
        null,
        List.of(),
        new ModelCard.Scoring(1, "mean"),
        null,
        List.of(),
        golden,
        new ModelCard.Window(STEPS, null, true, "key", "time"));
  }

  private static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  private void value(boolean input, String name, int... row) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
    for (int size : row) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
    }
    ValueInfoProto.Builder value =
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(
                        TypeProto.Tensor.newBuilder()
                            .setElemType(TensorProto.DataType.FLOAT_VALUE)
                            .setShape(shape)));
    if (input) {
      graph.addInput(value);
    } else {
      graph.addOutput(value);
    }
  }

  private void node(String type, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(output)
            .addAllInput(List.of(inputs))
            .addOutput(output));
  }

  private void weights(String name, SplittableRandom random, int rows, int columns) {
    TensorProto.Builder tensor = tensor(name, rows, columns);
    for (int i = 0; i < rows * columns; i++) {
      tensor.addFloatData((float) (random.nextGaussian() / Math.sqrt(rows)));
    }
    graph.addInitializer(tensor);
  }

  private void filled(String name, float value, int... shape) {
    TensorProto.Builder tensor = tensor(name, shape);
    for (int i = 0; i < Arrays.stream(shape).reduce(1, (a, b) -> a * b); i++) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
  }

  private static TensorProto.Builder tensor(String name, int... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    Arrays.stream(shape).forEach(tensor::addDims);
    return tensor;
  }

  private void integers(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    graph.addInitializer(tensor);
  }
}
