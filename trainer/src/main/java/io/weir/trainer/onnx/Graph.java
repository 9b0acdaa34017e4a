package io.weir.trainer.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// A growing ONNX graph. A value is known by its name; every method that adds a node returns the
/// name of its output, so that calls nest like the formula they stand for.
final class Graph {
  static final String BATCH = "batch";

  private final GraphProto.Builder proto = GraphProto.newBuilder();

  Graph(String name, String documentation) {
    proto.setName(name).setDocString(documentation);
  }

  GraphProto build() {
    return proto.build();
  }

  /// An input, [batch x dimensions].
  String input(String name, String documentation, int... dimensions) {
    proto.addInput(value(name, documentation, dimensions));
    return name;
  }

  /// An output, [batch] without dimensions or [batch x dimensions].
  void output(String name, String documentation, int... dimensions) {
    proto.addOutput(value(name, documentation, dimensions));
  }

  /// A node with one output, called after it.
  String node(String operator, String output, String... inputs) {
    add(operator, output, inputs);
    return output;
  }

  /// A node with an integer attribute.
  String node(String operator, String output, String attribute, long number, String... inputs) {
    add(operator, output, inputs).addAttribute(integer(attribute, number));
    return output;
  }

  /// A node with a float attribute.
  String node(String operator, String output, String attribute, float number, String... inputs) {
    add(operator, output, inputs)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName(attribute)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(number));
    return output;
  }

  /// The axes in another order.
  String transpose(String output, String values, int... axes) {
    AttributeProto.Builder order =
        AttributeProto.newBuilder().setName("perm").setType(AttributeProto.AttributeType.INTS);
    for (int axis : axes) {
      order.addInts(axis);
    }
    add("Transpose", output, values).addAttribute(order);
    return output;
  }

  /// An LSTM of one direction, forwards.
  ///
  /// @param states name of the states after every step, [steps x 1 x batch x units]; empty where
  ///   they are not wanted
  /// @param last name of the state after the last step, [1 x batch x units]; empty where it is not
  ///   wanted
  /// @param operands its input [steps x batch x inputs], weights, recurrent weights and biases
  /// @return the name that is not empty
  String lstm(int units, String states, String last, String... operands) {
    String named = states.isEmpty() ? last : states;
    proto
        .addNodeBuilder()
        .setOpType("LSTM")
        .setName(named)
        .addAllInput(List.of(operands))
        .addOutput(states)
        .addOutput(last)
        .addAttribute(integer("hidden_size", units));
    return named;
  }

  /// The index of the first largest element along an axis, which disappears.
  String argMax(String output, String values, int axis) {
    add("ArgMax", output, values)
        .addAttribute(integer("axis", axis))
        .addAttribute(integer("keepdims", 0));
    return output;
  }

  private static AttributeProto.Builder integer(String attribute, long number) {
    return AttributeProto.newBuilder()
        .setName(attribute)
        .setType(AttributeProto.AttributeType.INT)
        .setI(number);
  }

  private NodeProto.Builder add(String operator, String output, String... inputs) {
    return proto
        .addNodeBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  /// The columns `indices` of a [batch x n] value.
  String columns(String output, String values, int... indices) {
    return node("Gather", output, "axis", 1, values, integers(output + "/indices", indices));
  }

  /// The first `count` columns of a [batch x n] value.
  String firstColumns(String output, String values, int count) {
    return node(
        "Slice",
        output,
        values,
        integers(output + "/start", 0),
        integers(output + "/end", count),
        integers(output + "/axis", 1));
  }

  /// The same values in rows of another shape, [rows x dimensions]; `rows` follows from it.
  String reshaped(String output, String values, int... dimensions) {
    int[] shape = new int[dimensions.length + 1];
    shape[0] = -1;
    System.arraycopy(dimensions, 0, shape, 1, dimensions.length);
    return node("Reshape", output, values, integers(output + "/shape", shape));
  }

  /// A float32 scalar.
  String scalar(String name, float value) {
    return tensor(name, TensorProto.DataType.FLOAT, floats(value));
  }

  /// A float32 vector, which broadcasts over the rows.
  String vector(String name, float... values) {
    return tensor(name, TensorProto.DataType.FLOAT, floats(values), values.length);
  }

  /// A float32 matrix, row-major.
  String matrix(String name, int rows, int columns, float... values) {
    return tensor(name, TensorProto.DataType.FLOAT, floats(values), rows, columns);
  }

  /// A float32 tensor, row-major.
  String tensor(String name, float[] values, long... shape) {
    return tensor(name, TensorProto.DataType.FLOAT, floats(values), shape);
  }

  /// A float64 vector.
  String doubles(String name, double... values) {
    ByteBuffer bytes = littleEndian(values.length * Double.BYTES);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return tensor(name, TensorProto.DataType.DOUBLE, bytes, values.length);
  }

  /// A boolean vector.
  String mask(String name, boolean... values) {
    ByteBuffer bytes = littleEndian(values.length);
    for (boolean value : values) {
      bytes.put((byte) (value ? 1 : 0));
    }
    return tensor(name, TensorProto.DataType.BOOL, bytes, values.length);
  }

  /// An int64 vector.
  String integers(String name, int... values) {
    ByteBuffer bytes = littleEndian(values.length * Long.BYTES);
    for (int value : values) {
      bytes.putLong(value);
    }
    return tensor(name, TensorProto.DataType.INT64, bytes, values.length);
  }

  private String tensor(String name, TensorProto.DataType type, ByteBuffer bytes, long... shape) {
    TensorProto.Builder tensor =
        proto
            .addInitializerBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes.flip()));
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    return name;
  }

  private static ByteBuffer floats(float... values) {
    ByteBuffer bytes = littleEndian(values.length * Float.BYTES);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes;
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ValueInfoProto value(String name, String documentation, int... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam(BATCH);
    for (int dimension : dimensions) {
      shape.addDimBuilder().setDimValue(dimension);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setDocString(documentation)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
