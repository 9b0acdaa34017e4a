package io.weir.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import org.junit.jupiter.api.Test;

class ScoringGraphTest {
  @Test
  void keepsWhatTheScoreNeedsAndNothingElse() throws Exception {
    ModelProto whole = ModelProto.parseFrom(new HandBuiltModel(3).bytes());
    ModelProto cut = ModelProto.parseFrom(ScoringGraph.cut(whole.toByteArray()));
    GraphProto graph = cut.getGraph();
    assertThat(graph.getOutputList())
        .extracting(ValueInfoProto::getName)
        .containsExactly("score", "reconstruction_loss", "kl_divergence");
    assertThat(graph.getNodeList())
        .extracting(NodeProto::getName)
        .contains("squares", "latent", "score")
        .doesNotContain("total", "contribution");
    assertThat(graph.getInitializerList())
        .extracting(TensorProto::getName)
        .containsExactlyInAnyOrder("W", "ones", "nths", "zero", "kl_weight", "column");
    assertThat(cut.toBuilder().clearGraph().build())
        .isEqualTo(whole.toBuilder().clearGraph().build());
  }

  @Test
  void whatIsNoModelIsNotCut() {
    assertThatThrownBy(() -> ScoringGraph.cut(new byte[] {7, 7, 7}))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }
}
