/// How gradients become weight updates.
package io.weir.trainer.fit.optimizer;
