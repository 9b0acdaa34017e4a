/// Time travel: a range of a topic goes the live application's way again, with any model and
/// thresholds, and is summed up.
package io.weir.streams.replay;
