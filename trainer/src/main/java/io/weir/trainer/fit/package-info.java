/// Training: rows become weights, epoch by epoch; the same seed gives the same bits at any number
/// of threads.
package io.weir.trainer.fit;
