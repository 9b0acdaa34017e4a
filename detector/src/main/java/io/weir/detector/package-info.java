/// The one door to ONNX Runtime: opens a published detector, proves it by its golden vectors, and
/// scores batches. Training, files and streams all score through here, so they give the same bits.
package io.weir.detector;
