/// Counts and histograms that a hot loop can afford: written by one thread each, read by any.
package io.weir.streams.count;
