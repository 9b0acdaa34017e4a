/// Training: steps of the engine against PyTorch and TensorFlow on the same rows.
package io.weir.benchmarks.training;
