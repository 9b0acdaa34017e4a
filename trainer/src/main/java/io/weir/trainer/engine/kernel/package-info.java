/// The arithmetic of training: one set of kernels, written plainly and for the Vector API, both
/// with the same bits. The only package that knows `jdk.incubator.vector`.
package io.weir.trainer.engine.kernel;
