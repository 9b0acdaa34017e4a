package io.weir.detector;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The part of a detector's graph that every event needs. ONNX Runtime computes all outputs of a
/// graph, asked for or not; so the explanation, which only flagged events need, is cut off.
final class ScoringGraph {
  private static final Set<String> OUTPUTS =
      Set.of(Tensors.SCORE, Tensors.RECONSTRUCTION_LOSS, Tensors.KL_DIVERGENCE);

  private ScoringGraph() {}

  /// The same model with the three outputs of the score, and nothing that they do not depend on.
  ///
  /// @throws InvalidProtocolBufferException when the bytes are no ONNX model
  static byte[] cut(byte[] model) throws InvalidProtocolBufferException {
    ModelProto whole = ModelProto.parseFrom(model);
    GraphProto graph = whole.getGraph();
    List<ValueInfoProto> outputs =
        graph.getOutputList().stream().filter(o -> OUTPUTS.contains(o.getName())).toList();
    Set<String> needed = new HashSet<>(OUTPUTS);
    // Nodes are in topological order, by the rules of the format: users come after makers.
    for (NodeProto node : graph.getNodeList().reversed()) {
      if (isNeeded(node, needed)) {
        needed.addAll(node.getInputList());
      }
    }
    List<NodeProto> nodes =
        graph.getNodeList().stream().filter(node -> isNeeded(node, needed)).toList();
    List<TensorProto> constants =
        graph.getInitializerList().stream().filter(t -> needed.contains(t.getName())).toList();
    GraphProto.Builder cut =
        graph.toBuilder()
            .clearOutput()
            .addAllOutput(outputs)
            .clearNode()
            .addAllNode(nodes)
            .clearInitializer()
            .addAllInitializer(constants);
    return whole.toBuilder().setGraph(cut).build().toByteArray();
  }

  private static boolean isNeeded(NodeProto node, Set<String> needed) {
    return node.getOutputList().stream().anyMatch(needed::contains);
  }
}
