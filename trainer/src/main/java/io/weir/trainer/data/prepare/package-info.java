/// Raw rows become network inputs: the statistics are fitted here, and the plain twin of the
/// preprocessing inside the ONNX graph lives here.
package io.weir.trainer.data.prepare;
