/// A score becomes a verdict: above the threshold or not, how rare, how severe.
package io.weir.streams.judge;
