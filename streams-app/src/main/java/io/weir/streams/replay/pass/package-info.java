/// The pass over the range: frozen first, partition by partition, checkpointed, summed up at its
/// end.
package io.weir.streams.replay.pass;
