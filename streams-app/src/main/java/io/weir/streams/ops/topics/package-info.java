/// Which topics a configuration needs, which of them are there, and how to create the others.
package io.weir.streams.ops.topics;
