/// What a reconstruction and a latent distribution cost.
package io.weir.trainer.fit.loss;
