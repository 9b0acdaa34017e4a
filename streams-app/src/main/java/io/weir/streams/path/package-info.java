/// The way of a partition's events through all stages, the same for the live processor and replays.
package io.weir.streams.path;
