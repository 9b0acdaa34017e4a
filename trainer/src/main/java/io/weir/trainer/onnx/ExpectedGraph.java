package io.weir.trainer.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.weir.schemas.card.FeaturePreprocessing;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.trainer.data.prepare.Preprocessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// From the reconstruction back to raw units, event by event, [events x inputs] to [events x
/// features]: what [Preprocessor#expected] does row by row. Only asked for when an event is
/// flagged.
final class ExpectedGraph {
  private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

  /// The largest powers of ten and e that float32 holds: expected values stay finite.
  private static final float LARGEST_LOG10 = 38;

  private static final float LARGEST_LOG = 88;

  private final Graph graph;
  private final Preprocessor preprocessor;
  private final RowEvents events;
  private final List<FeatureSpec> features;

  ExpectedGraph(Graph graph, Preprocessor preprocessor, RowEvents events) {
    this.graph = graph;
    this.preprocessor = preprocessor;
    this.events = events;
    this.features = preprocessor.features();
  }

  /// Adds `expected`.
  String add(NetworkGraph.Values network) {
    String reconstruction = events.networkEvents("expected/events", network.reconstruction());
    FeatureGroups groups = FeatureGroups.of(features);
    List<String> blocks = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    if (groups.numbers().length > 0) {
      blocks.add(numbers(reconstruction, groups.numbers()));
      Arrays.stream(groups.numbers()).forEach(order::add);
    }
    if (groups.categories().length > 0) {
      String logits = events.networkEvents("expected/logits", network.logits());
      byWidth(groups.categories())
          .forEach(
              (width, columns) -> {
                blocks.add(categories(logits, width, columns));
                order.addAll(columns);
              });
    }
    if (groups.times().length > 0) {
      blocks.add(times(reconstruction, groups.times()));
      Arrays.stream(groups.times()).forEach(order::add);
    }
    String joined =
        graph.node("Concat", "expected/joined", "axis", 1, blocks.toArray(String[]::new));
    int[] columnOfFeature = new int[features.size()];
    for (int column = 0; column < columnOfFeature.length; column++) {
      columnOfFeature[order.get(column)] = column;
    }
    return events.tensor(
        "expected",
        graph.node(
            "Gather",
            events.before("expected"),
            "axis",
            1,
            joined,
            graph.integers("expected/column_of_feature", columnOfFeature)));
  }

  private String numbers(String reconstruction, int[] numbers) {
    boolean powers =
        Arrays.stream(numbers)
            .mapToObj(preprocessor.preprocessing()::get)
            .anyMatch(how -> how.transform() != Transform.NONE);
    int[] group = powers ? Lanes.padded(numbers) : numbers;
    int[] columns = Arrays.stream(group).map(preprocessor::offset).toArray();
    FeaturePreprocessing[] how =
        Arrays.stream(group)
            .mapToObj(preprocessor.preprocessing()::get)
            .toArray(FeaturePreprocessing[]::new);
    float[] shift = new float[how.length];
    float[] factor = new float[how.length];
    boolean[] log10 = new boolean[how.length];
    boolean[] log1p = new boolean[how.length];
    for (int i = 0; i < how.length; i++) {
      shift[i] = how[i].shift();
      factor[i] = how[i].factor();
      log10[i] = how[i].transform() == Transform.LOG10;
      log1p[i] = how[i].transform() == Transform.LOG1P;
    }
    String divided =
        graph.node(
            "Div",
            "expected/divided",
            graph.columns("expected/numbers", reconstruction, columns),
            graph.vector("expected/factor", factor));
    String value =
        graph.node("Add", "expected/shifted", divided, graph.vector("expected/shift", shift));
    value = IntStream.range(0, how.length).anyMatch(i -> log10[i]) ? powers(value, log10) : value;
    value =
        IntStream.range(0, how.length).anyMatch(i -> log1p[i]) ? exponentials(value, log1p) : value;
    return firstColumns("expected/numbers_in_units", value, group, numbers);
  }

  /// The group without its padding.
  private String firstColumns(String name, String values, int[] padded, int[] group) {
    return padded.length == group.length ? values : graph.firstColumns(name, values, group.length);
  }

  private String powers(String value, boolean[] applies) {
    String bounded =
        graph.node(
            "Min",
            "expected/log10/bounded",
            value,
            graph.scalar("expected/log10/largest", LARGEST_LOG10));
    String power =
        graph.node("Pow", "expected/log10/power", graph.scalar("expected/log10/ten", 10), bounded);
    return graph.node(
        "Where", "expected/log10", graph.mask("expected/log10/applies", applies), power, value);
  }

  private String exponentials(String value, boolean[] applies) {
    String bounded =
        graph.node(
            "Min",
            "expected/log1p/bounded",
            value,
            graph.scalar("expected/log1p/largest", LARGEST_LOG));
    String power = graph.node("Exp", "expected/log1p/power", bounded);
    String less =
        graph.node("Sub", "expected/log1p/less", power, graph.scalar("expected/log1p/one", 1));
    return graph.node(
        "Where", "expected/log1p", graph.mask("expected/log1p/applies", applies), less, value);
  }

  /// Categories with vocabularies of the same size share their nodes.
  private Map<Integer, List<Integer>> byWidth(int[] categories) {
    Map<Integer, List<Integer>> byWidth = new TreeMap<>();
    for (int feature : categories) {
      int width = Preprocessor.width(features.get(feature));
      byWidth.computeIfAbsent(width, _ -> new ArrayList<>()).add(feature);
    }
    return byWidth;
  }

  /// The likeliest word. All activations are monotone, so the logits tell it as well, and better
  /// where a saturated sigmoid makes several words equally likely.
  private String categories(String logits, int width, List<Integer> columns) {
    String name = "expected/categories_of_" + width;
    int[] slots =
        columns.stream()
            .map(preprocessor::offset)
            .flatMapToInt(offset -> IntStream.range(offset, offset + width))
            .toArray();
    String shaped =
        graph.node(
            "Reshape",
            name + "/shaped",
            graph.columns(name + "/slots", logits, slots),
            graph.integers(name + "/shape", -1, columns.size(), width));
    String largest = graph.argMax(name + "/largest", shaped, 2);
    return graph.node("Cast", name, "to", FLOAT, largest);
  }

  /// The angle of (cosine, sine) in [0, 2 pi) by quadrants: ONNX has no atan2.
  private String times(String reconstruction, int[] times) {
    int[] group = Lanes.padded(times);
    int[] sines = Arrays.stream(group).map(preprocessor::offset).toArray();
    int[] cosines = Arrays.stream(sines).map(i -> i + 1).toArray();
    float[] period = new float[group.length];
    float[] seconds = new float[group.length];
    for (int i = 0; i < group.length; i++) {
      int cycle = ((CyclicTime) features.get(group[i])).cycle().seconds();
      period[i] = cycle;
      seconds[i] = (float) (cycle / (2 * Math.PI));
    }
    String zero = graph.scalar("expected/time/zero", 0);
    String sine = centred("expected/time/sine", reconstruction, sines);
    String cosine = centred("expected/time/cosine", reconstruction, cosines);
    String quotient = graph.node("Div", "expected/time/quotient", sine, cosine);
    String quarter = graph.node("Atan", "expected/time/quarter", quotient);
    String whole =
        graph.node(
            "Where",
            "expected/time/whole_turn",
            graph.node("Less", "expected/time/below", sine, zero),
            graph.scalar("expected/time/full_turn", (float) (2 * Math.PI)),
            zero);
    String turn =
        graph.node(
            "Where",
            "expected/time/turn",
            graph.node("Less", "expected/time/left", cosine, zero),
            graph.scalar("expected/time/half_turn", (float) Math.PI),
            whole);
    String angle = graph.node("Add", "expected/time/angle", quarter, turn);
    String inSeconds =
        graph.node(
            "Mul",
            "expected/time/seconds",
            angle,
            graph.vector("expected/time/seconds_per_radian", seconds));
    String inside =
        graph.node(
            "Less",
            "expected/time/inside",
            inSeconds,
            graph.vector("expected/time/period", period));
    // The centre of the circle has no angle: 0 / 0, which is not inside either.
    return firstColumns(
        "expected/times_in_seconds",
        graph.node("Where", "expected/times", inside, inSeconds, zero),
        group,
        times);
  }

  private String centred(String name, String reconstruction, int[] columns) {
    String values = graph.columns(name + "/columns", reconstruction, columns);
    String doubled = graph.node("Add", name + "/doubled", values, values);
    return graph.node("Sub", name, doubled, graph.scalar(name + "/one", 1));
  }
}
