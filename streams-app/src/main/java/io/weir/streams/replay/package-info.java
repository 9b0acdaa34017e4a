/// The past again: events that the brokers still hold, read by their coordinates.
package io.weir.streams.replay;
