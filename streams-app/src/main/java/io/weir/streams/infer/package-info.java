/// Floats become scores, many events per call of ONNX Runtime: the records that the consumer has
/// already polled are scored ahead of their turn.
package io.weir.streams.infer;
