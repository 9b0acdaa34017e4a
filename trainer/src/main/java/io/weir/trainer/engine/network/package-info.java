/// Layers joined to autoencoders and variational autoencoders: buffers, passes, inference.
package io.weir.trainer.engine.network;
