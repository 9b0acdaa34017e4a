/// What a layer is and what it does: its weights, forward and backward over a batch's rows.
package io.weir.trainer.engine.layer;
