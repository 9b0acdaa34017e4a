package io.weir.trainer.engine.network;

import io.weir.trainer.engine.layer.Layer;
import io.weir.trainer.engine.layer.LayerBuffer;

/// Where a layer's weight gradient comes from after [Network#backward]: of a dense layer it is
/// `inputᵀ gradient`, batch normalisation keeps its own.
///
/// @param input what entered the layer, [rows x inputWidth]
/// @param buffer what the layer left behind
public record LayerGradient(Layer layer, float[] input, LayerBuffer buffer) {}
