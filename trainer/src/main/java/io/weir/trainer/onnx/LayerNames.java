package io.weir.trainer.onnx;

import io.weir.trainer.engine.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/// What the layers are called, in the graph and in the card: `encoder_1`, `latent_mean`,
/// `latent_log_variance`, `decoder_1`, ..., `output_log_variance`, `classifier_1`, ... A dense
/// layer's weights are the initializers `<name>/kernel` and `<name>/bias`; those of batch
/// normalisation `<name>/gamma`, `<name>/beta`, `<name>/moving_mean`, `<name>/moving_variance`.
public final class LayerNames {
  private LayerNames() {}

  /// One name per layer, in the order of [NetworkSpec#layers()].
  public static List<String> of(NetworkSpec network) {
    List<String> names = numbered("encoder_", network.encoder().size());
    if (network.variational().isPresent()) {
      names.addAll(List.of("latent_mean", "latent_log_variance"));
    }
    names.addAll(numbered("decoder_", network.decoder().size()));
    if (network.outputLogVariance().isPresent()) {
      names.add("output_log_variance");
    }
    network
        .classifier()
        .ifPresent(head -> names.addAll(numbered("classifier_", head.layers().size())));
    return names;
  }

  private static List<String> numbered(String prefix, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add(prefix + i);
    }
    return names;
  }
}
