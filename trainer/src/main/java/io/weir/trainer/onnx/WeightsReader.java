package io.weir.trainer.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfBatchNorm;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerParameters.OfDropout;
import io.weir.trainer.engine.layer.LayerParameters.OfLstm;
import io.weir.trainer.engine.layer.LayerParameters.OfRepeat;
import io.weir.trainer.engine.layer.LayerParameters.OfStepDense;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;
import io.weir.trainer.engine.network.NetworkSpec;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads a network's weights back from a model file, bit for bit: the other direction of
/// [NetworkGraph].
public final class WeightsReader {
  private final Map<String, TensorProto> tensors = new HashMap<>();

  private WeightsReader(ModelProto model) {
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      tensors.put(tensor.getName(), tensor);
    }
  }

  /// The weights of a network's layers, in the order of [NetworkSpec#layers()].
  ///
  /// @param model the bytes of an ONNX file
  /// @throws IllegalArgumentException where the file does not hold the weights of such a network
  public static List<LayerParameters> read(byte[] model, NetworkSpec network) {
    WeightsReader reader;
    try {
      reader = new WeightsReader(ModelProto.parseFrom(model));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("it is no ONNX model: " + e.getMessage(), e);
    }
    List<LayerSpec> layers = network.layers().toList();
    List<String> names = LayerNames.of(network);
    List<LayerParameters> parameters = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      parameters.add(reader.layer(layers.get(i), names.get(i)));
    }
    return parameters;
  }

  private LayerParameters layer(LayerSpec layer, String name) {
    return switch (layer) {
      case Dense dense ->
          new OfDense(
              dense.inputs(),
              dense.outputs(),
              floats(name + "/kernel", dense.inputs(), dense.outputs()),
              floats(name + "/bias", dense.outputs()));
      case BatchNorm norm ->
          new OfBatchNorm(
              floats(name + "/gamma", norm.columns()),
              floats(name + "/beta", norm.columns()),
              floats(name + "/moving_mean", norm.columns()),
              floats(name + "/moving_variance", norm.columns()));
      case Dropout _ -> new OfDropout();
      case StepDense dense ->
          new OfStepDense(
              dense.inputsPerStep(),
              dense.outputsPerStep(),
              floats(name + "/kernel", dense.inputsPerStep(), dense.outputsPerStep()),
              floats(name + "/bias", dense.outputsPerStep()));
      case Lstm lstm -> lstm(lstm, name);
      case Repeat _ -> new OfRepeat();
    };
  }

  private OfLstm lstm(Lstm layer, String name) {
    int units = layer.units();
    int inputs = layer.inputsPerStep();
    int gates = 4 * units;
    return new OfLstm(
        inputs,
        units,
        LstmGraph.toKeras(floats(name + "/kernel", 1, gates, inputs), inputs, gates),
        LstmGraph.toKeras(floats(name + "/recurrent_kernel", 1, gates, units), units, gates),
        LstmGraph.toKeras(floats(name + "/bias", 1, 2L * gates), 1, gates));
  }

  private float[] floats(String name, long... shape) {
    TensorProto tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("it has no tensor `%s`".formatted(name));
    }
    List<Long> wanted = Arrays.stream(shape).boxed().toList();
    if (tensor.getDataType() != TensorProto.DataType.FLOAT.getNumber()
        || !tensor.getDimsList().equals(wanted)
        || tensor.getRawData().size() % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "its tensor `%s` is %s, float %s is expected"
              .formatted(name, tensor.getDimsList(), wanted));
    }
    float[] values = new float[tensor.getRawData().size() / Float.BYTES];
    tensor
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }
}
