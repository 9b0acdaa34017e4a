/// The stream processor against the same application that scores nothing, and against one ONNX
/// Runtime call per event.
package io.weir.benchmarks.stream;
