/// What is counted of a replay: bounded, however many events there are, the same in whatever order
/// partitions come, and kept in checkpoints.
package io.weir.streams.replay.tally;
