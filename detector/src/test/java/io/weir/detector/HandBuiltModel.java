package io.weir.detector;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.weir.schemas.card.FeaturePreprocessing;
import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.Architecture;
import io.weir.schemas.card.ModelCard.GoldenVector;
import io.weir.schemas.card.ModelCard.Scoring;
import io.weir.schemas.card.ModelCard.Training;
import io.weir.schemas.card.ModelCards;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Numeric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A detector small enough to compute by hand. For a row x of n features, with NaN read as 0:
///
///     latent = [sum(x)]           expected = x W, where W = weight x identity
///     reconstruction_loss = mean (x - expected)^2        kl_divergence = sum(x)^2
///     score = reconstruction_loss + 0.5 kl_divergence    contribution = (x - expected)^2 / sum of it
///
/// Every part can be spoilt, to see it refused.
final class HandBuiltModel {
  static final int LATENTS = 1;
  static final double KL_WEIGHT = 0.5;

  private final int features;
  private float weight = 0.5f;
  private String expectedName = "expected";
  private int declaredColumns;
  private int elementType = TensorProto.DataType.FLOAT_VALUE;
  private String card;

  HandBuiltModel(int features) {
    this.features = features;
    this.declaredColumns = features;
    this.card = json(card(features));
  }

  HandBuiltModel weight(float value) {
    weight = value;
    return this;
  }

  HandBuiltModel expectedCalled(String name) {
    expectedName = name;
    return this;
  }

  HandBuiltModel declaringColumns(int columns) {
    declaredColumns = columns;
    return this;
  }

  HandBuiltModel doubles() {
    elementType = TensorProto.DataType.DOUBLE_VALUE;
    return this;
  }

  HandBuiltModel card(String json) {
    card = json;
    return this;
  }

  HandBuiltModel card(ModelCard value) {
    return card(json(value));
  }

  static String json(ModelCard card) {
    return ModelCards.toJson(card);
  }

  /// The card of an unspoilt model, with one golden vector of ones and one with a missing value.
  static ModelCard card(int features) {
    float[] ones = new float[features];
    Arrays.fill(ones, 1);
    float[] holed = ones.clone();
    // Of a single feature nothing would be left to share out.
    holed[0] = features > 1 ? Float.NaN : 2;
    return card(features, List.of(golden(ones, 0.5f), golden(holed, 0.5f)));
  }

  static ModelCard card(int features, List<GoldenVector> golden) {
    List<FeatureSpec> specs = new ArrayList<>();
    List<FeaturePreprocessing> preprocessing = new ArrayList<>();
    for (int i = 0; i < features; i++) {
      specs.add(new Numeric("f" + i, "f" + i, true));
      preprocessing.add(
          new FeaturePreprocessing("f" + i, 0, Transform.NONE, 0, Scaling.NONE, 0, 1));
    }
    return new ModelCard(
        ModelCard.VERSION,
        "hand-built",
        "1",
        "2026-01-01T00:00:00Z",
        "test",
        specs,
        preprocessing,
        new Architecture("vae", "custom", features, LATENTS, 0, List.of()),
        new Training("mse", "mean", 1, "sum", "none", 0, 1, 1, 0, 1),
        null,
        List.of(),
        new Scoring(KL_WEIGHT, "mean"),
        null,
        List.of(),
        golden);
  }

  /// What the model answers, computed here.
  static GoldenVector golden(float[] row, float weight) {
    int n = row.length;
    List<Float> features = new ArrayList<>();
    List<Float> expected = new ArrayList<>();
    List<Float> contribution = new ArrayList<>();
    double loss = 0;
    double sum = 0;
    for (float raw : row) {
      double x = Float.isNaN(raw) ? 0 : raw;
      features.add(Float.isNaN(raw) ? null : raw);
      expected.add((float) (x * weight));
      loss += Math.pow(x - x * weight, 2);
      sum += x;
    }
    for (float raw : row) {
      double x = Float.isNaN(raw) ? 0 : raw;
      contribution.add((float) (Math.pow(x - x * weight, 2) / loss));
    }
    return new GoldenVector(
        features,
        (float) (loss / n + KL_WEIGHT * sum * sum),
        (float) (loss / n),
        (float) (sum * sum),
        expected,
        contribution,
        List.of((float) sum));
  }

  byte[] bytes() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("hand-built");
    graph.addInput(value("features", declaredColumns));
    graph.addOutput(value("score", 0));
    graph.addOutput(value("reconstruction_loss", 0));
    graph.addOutput(value("kl_divergence", 0));
    graph.addOutput(value(expectedName, features));
    graph.addOutput(value("contribution", features));
    graph.addOutput(value("latent", LATENTS));
    float[] identity = new float[features * features];
    for (int i = 0; i < features; i++) {
      identity[i * features + i] = weight;
    }
    constant(graph, "W", identity, features, features);
    constant(graph, "ones", filled(features, 1), features, 1);
    constant(graph, "nths", filled(features, 1f / features), features, 1);
    constant(graph, "zero", filled(1, 0), 1);
    constant(graph, "kl_weight", filled(1, (float) KL_WEIGHT), 1);
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("column")
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(1)
            .addInt64Data(1));
    String in = "features";
    if (elementType != TensorProto.DataType.FLOAT_VALUE) {
      graph.addNode(
          NodeProto.newBuilder()
              .setOpType("Cast")
              .addInput(in)
              .addOutput("cast")
              .addAttribute(
                  AttributeProto.newBuilder()
                      .setName("to")
                      .setType(AttributeProto.AttributeType.INT)
                      .setI(TensorProto.DataType.FLOAT_VALUE)));
      in = "cast";
    }
    node(graph, "IsNaN", "missing", in);
    node(graph, "Where", "x", "missing", "zero", in);
    node(graph, "MatMul", expectedName, "x", "W");
    node(graph, "Sub", "difference", "x", expectedName);
    node(graph, "Mul", "squares", "difference", "difference");
    node(graph, "MatMul", "loss", "squares", "nths");
    node(graph, "Squeeze", "reconstruction_loss", "loss", "column");
    node(graph, "MatMul", "total", "squares", "ones");
    node(graph, "Div", "contribution", "squares", "total");
    node(graph, "MatMul", "latent", "x", "ones");
    node(graph, "Mul", "kl", "latent", "latent");
    node(graph, "Squeeze", "kl_divergence", "kl", "column");
    node(graph, "Mul", "weighted", "kl_divergence", "kl_weight");
    node(graph, "Add", "score", "reconstruction_loss", "weighted");
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph);
    if (card != null) {
      model.addMetadataProps(
          StringStringEntryProto.newBuilder().setKey(ModelCard.METADATA_KEY).setValue(card));
    }
    return model.build().toByteArray();
  }

  private ValueInfoProto value(String name, int columns) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
    if (columns > 0) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns));
    }
    int type = name.equals("features") ? elementType : TensorProto.DataType.FLOAT_VALUE;
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }

  private static void node(GraphProto.Builder graph, String type, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(output)
            .addAllInput(List.of(inputs))
            .addOutput(output));
  }

  private static void constant(
      GraphProto.Builder graph, String name, float[] values, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    IntStream.range(0, values.length).forEach(i -> tensor.addFloatData(values[i]));
    graph.addInitializer(tensor);
  }

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }
}
