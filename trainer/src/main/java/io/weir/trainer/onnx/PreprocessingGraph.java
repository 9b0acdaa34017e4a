package io.weir.trainer.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.weir.schemas.card.FeaturePreprocessing;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.trainer.data.prepare.Preprocessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// From raw features [batch x features] to network inputs [batch x inputs]: what [Preprocessor]
/// does row by row, as a few operators on whole matrices.
final class PreprocessingGraph {
  private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;
  private static final int DOUBLE = TensorProto.DataType.DOUBLE_VALUE;

  private final Graph graph;
  private final Preprocessor preprocessor;
  private final List<FeatureSpec> features;
  private final List<FeaturePreprocessing> preprocessing;
  private final FeatureGroups groups;

  PreprocessingGraph(Graph graph, Preprocessor preprocessor) {
    this.graph = graph;
    this.preprocessor = preprocessor;
    this.features = preprocessor.features();
    this.preprocessing = preprocessor.preprocessing();
    this.groups = FeatureGroups.of(features);
  }

  /// Adds the nodes.
  ///
  /// @param raw the name of the raw features
  /// @return the name of the network inputs
  String add(String raw) {
    String filled = filled(raw);
    List<String> blocks = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    if (groups.numbers().length > 0) {
      blocks.add(numbers(filled));
      addInputs(groups.numbers(), order);
    }
    if (groups.categories().length > 0) {
      blocks.add(categories(filled));
      addInputs(groups.categories(), order);
    }
    if (groups.times().length > 0) {
      blocks.add(times(filled));
      addInputs(groups.times(), order);
    }
    String joined = blocks.getFirst();
    if (blocks.size() > 1) {
      joined = graph.node("Concat", "preprocess/joined", "axis", 1, blocks.toArray(String[]::new));
    }
    return inOrder(joined, order);
  }

  private String filled(String raw) {
    float[] fill = new float[features.size()];
    for (int i = 0; i < fill.length; i++) {
      fill[i] = preprocessing.get(i).fill();
    }
    return graph.node(
        "Where",
        "preprocess/filled",
        graph.node("IsNaN", "preprocess/missing", raw),
        graph.vector("preprocess/fill", fill),
        raw);
  }

  private String numbers(String filled) {
    FeaturePreprocessing[] how =
        Arrays.stream(groups.numbers())
            .mapToObj(preprocessing::get)
            .toArray(FeaturePreprocessing[]::new);
    boolean transforms = Arrays.stream(how).anyMatch(p -> p.transform() != Transform.NONE);
    String scaled;
    if (transforms) {
      int[] padded = Lanes.padded(groups.numbers());
      String values = select("preprocess/numbers", filled, padded);
      String wide =
          scaled(
              transformed(values, padded),
              Arrays.stream(padded)
                  .mapToObj(preprocessing::get)
                  .toArray(FeaturePreprocessing[]::new));
      scaled =
          padded.length == how.length
              ? wide
              : graph.firstColumns("preprocess/scaled_numbers", wide, how.length);
    } else {
      scaled = scaled(select("preprocess/numbers", filled, groups.numbers()), how);
    }
    return scaled;
  }

  /// Logarithms in float64, rounded once: scaling a narrow range would otherwise blow up float32's
  /// rounding, and `ln(1 + x)` would lose a small `x`.
  private String transformed(String values, int[] columns) {
    double[] floor = new double[columns.length];
    double[] plus = new double[columns.length];
    double[] times = new double[columns.length];
    boolean[] transformed = new boolean[columns.length];
    for (int i = 0; i < columns.length; i++) {
      FeaturePreprocessing how = preprocessing.get(columns[i]);
      switch (how.transform()) {
        case NONE -> {
          floor[i] = 1;
          times[i] = 1;
        }
        case LOG10 -> {
          floor[i] = how.floor();
          times[i] = 1 / Math.log(10);
          transformed[i] = true;
        }
        case LOG1P -> {
          floor[i] = how.floor();
          plus[i] = 1;
          times[i] = 1;
          transformed[i] = true;
        }
      }
    }
    String exact = graph.node("Cast", "preprocess/transform/exact", "to", DOUBLE, values);
    String floored =
        graph.node(
            "Max",
            "preprocess/transform/floored",
            exact,
            graph.doubles("preprocess/transform/floor", floor));
    String argument =
        graph.node(
            "Add",
            "preprocess/transform/argument",
            floored,
            graph.doubles("preprocess/transform/plus", plus));
    String logarithm = graph.node("Log", "preprocess/transform/logarithm", argument);
    String based =
        graph.node(
            "Mul",
            "preprocess/transform/based",
            logarithm,
            graph.doubles("preprocess/transform/times", times));
    String rounded = graph.node("Cast", "preprocess/transform/rounded", "to", FLOAT, based);
    return graph.node(
        "Where",
        "preprocess/transformed",
        graph.mask("preprocess/transform/applies", transformed),
        rounded,
        values);
  }

  private String scaled(String values, FeaturePreprocessing[] how) {
    float[] shift = new float[how.length];
    float[] factor = new float[how.length];
    for (int i = 0; i < how.length; i++) {
      shift[i] = how[i].shift();
      factor[i] = how[i].factor();
    }
    String shifted =
        graph.node("Sub", "preprocess/shifted", values, graph.vector("preprocess/shift", shift));
    return graph.node(
        "Mul", "preprocess/scaled", shifted, graph.vector("preprocess/factor", factor));
  }

  /// One-hot vectors; whatever is no index of the vocabulary takes the unknown slot, its last.
  private String categories(String filled) {
    int[] columns = groups.categories();
    float[] unknown = new float[columns.length];
    List<Integer> source = new ArrayList<>();
    List<Float> code = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      int last = ((Category) features.get(columns[i])).unknownIndex();
      unknown[i] = last;
      for (int word = 0; word <= last; word++) {
        source.add(i);
        code.add((float) word);
      }
    }
    String values = select("preprocess/categories", filled, columns);
    String last = graph.vector("preprocess/category/unknown", unknown);
    String floor = graph.node("Floor", "preprocess/category/floor", values);
    String atLeast =
        graph.node(
            "Max",
            "preprocess/category/at_least",
            floor,
            graph.scalar("preprocess/category/first", 0));
    String index = graph.node("Min", "preprocess/category/index", atLeast, last);
    String isIndex = graph.node("Equal", "preprocess/category/is_index", values, index);
    String known = graph.node("Where", "preprocess/category/known", isIndex, values, last);
    String spread =
        graph.columns(
            "preprocess/category/spread",
            known,
            source.stream().mapToInt(Integer::intValue).toArray());
    float[] codes = new float[code.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = code.get(i);
    }
    String hot =
        graph.node(
            "Equal",
            "preprocess/category/hot",
            spread,
            graph.vector("preprocess/category/codes", codes));
    return graph.node("Cast", "preprocess/one_hot", "to", FLOAT, hot);
  }

  /// Sine and cosine of each time's angle, side by side, moved into [0, 1].
  private String times(String filled) {
    int[] columns =
        Lanes.padded(Arrays.stream(groups.times()).flatMap(i -> IntStream.of(i, i)).toArray());
    float[] radians = new float[columns.length];
    boolean[] isSine = new boolean[columns.length];
    for (int i = 0; i < columns.length; i++) {
      CyclicTime time = (CyclicTime) features.get(columns[i]);
      radians[i] = (float) (2 * Math.PI / time.cycle().seconds());
      isSine[i] = i % 2 == 0;
    }
    String angle =
        graph.node(
            "Mul",
            "preprocess/time/angle",
            graph.columns("preprocess/times", filled, columns),
            graph.vector("preprocess/time/radians", radians));
    String onCircle =
        graph.node(
            "Where",
            "preprocess/time/on_circle",
            graph.mask("preprocess/time/is_sine", isSine),
            graph.node("Sin", "preprocess/time/sine", angle),
            graph.node("Cos", "preprocess/time/cosine", angle));
    String half = graph.scalar("preprocess/time/half", 0.5f);
    String halved = graph.node("Mul", "preprocess/time/halved", onCircle, half);
    String moved = graph.node("Add", "preprocess/time/moved", halved, half);
    return graph.firstColumns("preprocess/cycles", moved, 2 * groups.times().length);
  }

  private String select(String output, String values, int[] columns) {
    return Lanes.isIdentity(columns, features.size())
        ? values
        : graph.columns(output, values, columns);
  }

  private void addInputs(int[] group, List<Integer> order) {
    for (int feature : group) {
      for (int i = 0; i < Preprocessor.width(features.get(feature)); i++) {
        order.add(preprocessor.offset(feature) + i);
      }
    }
  }

  /// `order` says which network input each joined column is; the graph needs the opposite.
  private String inOrder(String joined, List<Integer> order) {
    int[] columnOfInput = new int[order.size()];
    for (int column = 0; column < columnOfInput.length; column++) {
      columnOfInput[order.get(column)] = column;
    }
    return Lanes.isIdentity(columnOfInput, columnOfInput.length)
        ? joined
        : graph.columns("preprocess/inputs", joined, columnOfInput);
  }
}
