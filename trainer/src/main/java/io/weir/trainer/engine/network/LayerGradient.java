package io.weir.trainer.engine.network;

import io.weir.trainer.engine.layer.DenseLayer;

/// Where a layer's weight gradient comes from after [Network#backward]: `inputᵀ outputGradient`.
///
/// @param input what entered the layer, [rows x inputWidth]
/// @param outputGradient gradient before its activation, [rows x outputWidth]
public record LayerGradient(DenseLayer layer, float[] input, float[] outputGradient) {}
