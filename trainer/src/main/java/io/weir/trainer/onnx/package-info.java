/// Writes the whole detector as one ONNX graph: preprocessing, network, losses, score and
/// explanation, so that any ONNX Runtime in any language gives the same verdict.
package io.weir.trainer.onnx;
