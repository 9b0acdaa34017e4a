package io.weir.trainer.onnx;

import io.weir.trainer.engine.layer.LayerParameters.OfLstm;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;

/// An LSTM in the graph, and its weights between Keras' layout and that of ONNX: there the gates
/// are in the order i, o, f, c, each gate's weights are rows, in front is the number of directions,
/// 1, and the bias of the inputs is followed by one of the state, which is 0 here.
final class LstmGraph {
  /// Where ONNX has Keras' i, f, c, o.
  private static final int[] PLACES = {0, 2, 3, 1};

  private final Graph graph;
  private final String name;
  private final Lstm layer;

  LstmGraph(Graph graph, String name, Lstm layer) {
    this.graph = graph;
    this.name = name;
    this.layer = layer;
  }

  /// @param inputs [batch x steps inputsPerStep]
  /// @return [batch x units], or [batch x steps units]
  String add(OfLstm weights, String inputs) {
    int gates = 4 * layer.units();
    String sequences =
        graph.node(
            "Reshape",
            name + "/sequences",
            inputs,
            graph.integers(name + "/sequences/shape", -1, layer.steps(), layer.inputsPerStep()));
    String steps = graph.transpose(name + "/steps", sequences, 1, 0, 2);
    float[] bias = new float[2 * gates];
    System.arraycopy(toOnnx(weights.bias(), 1), 0, bias, 0, gates);
    String[] operands = {
      steps,
      graph.tensor(
          name + "/kernel",
          toOnnx(weights.kernel(), layer.inputsPerStep()),
          1,
          gates,
          layer.inputsPerStep()),
      graph.tensor(
          name + "/recurrent_kernel",
          toOnnx(weights.recurrent(), layer.units()),
          1,
          gates,
          layer.units()),
      graph.tensor(name + "/bias", bias, 1, 2 * gates)
    };
    if (!layer.sequence()) {
      String last = graph.lstm(layer.units(), "", name + "/last", operands);
      return graph.node("Reshape", name, last, graph.integers(name + "/shape", -1, layer.units()));
    }
    String states = graph.lstm(layer.units(), name + "/states", "", operands);
    // [steps x 1 x batch x units]
    String rows = graph.transpose(name + "/rows", states, 2, 0, 1, 3);
    return graph.node("Reshape", name, rows, graph.integers(name + "/shape", -1, layer.outputs()));
  }

  /// From [rows x 4 units] in Keras' order to [4 units x rows] in that of ONNX.
  private static float[] toOnnx(float[] keras, int rows) {
    float[] onnx = new float[keras.length];
    int gates = keras.length / rows;
    for (int column = 0; column < gates; column++) {
      for (int row = 0; row < rows; row++) {
        onnx[place(column, gates) * rows + row] = keras[row * gates + column];
      }
    }
    return onnx;
  }

  /// The other direction of `toOnnx`.
  static float[] toKeras(float[] onnx, int rows, int gates) {
    float[] keras = new float[rows * gates];
    for (int column = 0; column < gates; column++) {
      for (int row = 0; row < rows; row++) {
        keras[row * gates + column] = onnx[place(column, gates) * rows + row];
      }
    }
    return keras;
  }

  private static int place(int column, int gates) {
    int units = gates / PLACES.length;
    return PLACES[column / units] * units + column % units;
  }
}
