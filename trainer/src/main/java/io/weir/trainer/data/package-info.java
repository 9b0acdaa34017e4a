/// Rows become float batches.
package io.weir.trainer.data;
