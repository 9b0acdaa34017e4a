/// What a layer is and what it does: weights in panels, forward and backward over rows.
package io.weir.trainer.engine.layer;
