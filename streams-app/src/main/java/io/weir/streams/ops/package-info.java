/// Starting, watching and ending the processor.
package io.weir.streams.ops;
